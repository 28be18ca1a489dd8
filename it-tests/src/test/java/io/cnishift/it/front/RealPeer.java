package io.cnishift.it.front;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.it.real.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real API server: the one that {@code CNISHIFT_IT_KUBECONFIG} leads to, or one that is started from the binaries in
 * {@code KUBEBUILDER_ASSETS}. Where it has no kubelets and no controllers, what they would write is written here.
 */
final class RealPeer implements Peer {
    private static final String KUBECONFIG = "CNISHIFT_IT_KUBECONFIG";
    private static final String ASSETS = "KUBEBUILDER_ASSETS";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    @Override
    public Optional<String> absent() {
        return variable(KUBECONFIG).or(() -> variable(ASSETS)).isPresent()
                ? Optional.empty()
                : Optional.of("neither " + ASSETS + " nor " + KUBECONFIG + " is set");
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isEmpty());
    }

    @Override
    public Site open(Path folder) {
        Optional<Path> given = variable(KUBECONFIG).map(Path::of);
        if (given.isPresent()) {
            return new Open(given.get(), () -> {});
        }
        try {
            ControlPlane plane =
                    ControlPlane.start(Path.of(variable(ASSETS).orElseThrow()), Files.createDirectories(folder));
            return new Open(plane.kubeconfig(), plane::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "real API server";
    }

    private static final class Open extends ReachedByAdapter {
        private final Runnable end;
        private final String name = "parity-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

        Open(Path kubeconfig, Runnable end) {
            super(kubeconfig);
            this.end = end;
        }

        @Override
        public String namespace() {
            return name;
        }

        @Override
        public Node node() {
            ApplyObject node =
                    new ApplyObject(Map.of("apiVersion", "v1", "kind", "Node", "metadata", Map.of("name", name)));
            if (port().before(node).isEmpty()) {
                port().perform(node);
            }
            return KubeProjection.node(port().before(node));
        }

        @Override
        public void settle() {
            client().pods().inNamespace(name).list().getItems().stream()
                    .filter(pod -> pod.getStatus() == null
                            || !"Running".equals(pod.getStatus().getPhase()))
                    .forEach(this::run);
            client().policy().v1().podDisruptionBudget().inNamespace(name).list().getItems().stream()
                    .filter(budget -> !counted(budget))
                    .forEach(this::count);
        }

        private void run(Pod pod) {
            // without a version: a kubelet or a controller may write the same status
            client().pods()
                    .inNamespace(name)
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(MERGE, """
                            {"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}
                            """);
        }

        private static boolean counted(PodDisruptionBudget budget) {
            return budget.getStatus() != null
                    && budget.getMetadata()
                            .getGeneration()
                            .equals(budget.getStatus().getObservedGeneration())
                    && budget.getStatus().getExpectedPods() > 0;
        }

        /** Waits for the controller that counts, and counts where there is none. */
        private void count(PodDisruptionBudget budget) {
            try {
                client().resource(budget).waitUntilCondition(b -> b != null && counted(b), 3, TimeUnit.SECONDS);
            } catch (KubernetesClientTimeoutException e) {
                int pods = healthy();
                int wanted = budget.getSpec().getMinAvailable().getIntVal();
                client().policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(name)
                        .withName(budget.getMetadata().getName())
                        .subresource("status")
                        .patch(MERGE, """
                                {"status": {"observedGeneration": %d, "expectedPods": %d, "currentHealthy": %d,
                                            "desiredHealthy": %d, "disruptionsAllowed": %d}}
                                """.formatted(
                                budget.getMetadata().getGeneration(), pods, pods, wanted, Math.max(0, pods - wanted)));
            }
        }

        private int healthy() {
            List<Pod> pods = client().pods().inNamespace(name).list().getItems();
            return (int) pods.stream()
                    .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                    .count();
        }

        @Override
        public void close() {
            client().namespaces().withName(name).delete();
            client().nodes().withName(name).delete();
            super.close();
            end.run();
        }
    }
}
