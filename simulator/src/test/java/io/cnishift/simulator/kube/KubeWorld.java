package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.PodNetwork;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.ApiServer.Writer;
import io.cnishift.simulator.kube.admission.AdmissionChain;
import io.cnishift.simulator.kube.control.Controllers;
import io.cnishift.simulator.kube.kubelet.Kubelets;
import io.cnishift.simulator.kube.schedule.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A world of Kubernetes alone: every node's network gives an address to whoever asks, unless a test says otherwise. */
public final class KubeWorld {
    public final Kernel kernel;
    public final ApiServer api;
    public final SimKubernetesPort port;
    public final PlainNetwork network = new PlainNetwork();

    private KubeWorld(ClusterSnapshot snapshot, long seed, Optional<String> without) {
        kernel = new Kernel(snapshot, new Settings(seed, Map.of()));
        Hydration.fill(kernel);
        kernel.podNetwork(network);
        behaviours().stream().filter(b -> !without.equals(Optional.of(b.id()))).forEach(b -> b.install(kernel));
        api = new ApiServer(kernel);
        port = new SimKubernetesPort(kernel);
    }

    public static KubeWorld of(ClusterSnapshot snapshot) {
        return new KubeWorld(snapshot, 7, Optional.empty());
    }

    public static KubeWorld healthy() {
        return of(Clusters.healthy());
    }

    public static KubeWorld seeded(ClusterSnapshot snapshot, long seed) {
        return new KubeWorld(snapshot, seed, Optional.empty());
    }

    public static KubeWorld without(String behaviour) {
        return new KubeWorld(Clusters.healthy(), 7, Optional.of(behaviour));
    }

    public static List<Behaviour> behaviours() {
        return Stream.of(
                        AdmissionChain.all(),
                        Controllers.all(),
                        ApiBehaviours.all(),
                        List.<Behaviour>of(new Scheduler()),
                        Kubelets.all())
                .flatMap(List::stream)
                .toList();
    }

    public ObjectStore store() {
        return kernel.objects();
    }

    public void run(int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }

    /** Creates a workload of one container; the spec's other fields are given. */
    public void workload(String kind, String name, Map<String, Object> spec) {
        workload(kind, name, spec, t -> t);
    }

    public void workload(
            String kind, String name, Map<String, Object> spec, UnaryOperator<Map<String, Object>> podSpec) {
        Map<String, Object> container = Trees.of("name", "main", "image", "example/" + name + ":1");
        Map<String, Object> template = Trees.of(
                "metadata",
                Trees.of("labels", Map.of("app", name)),
                "spec",
                podSpec.apply(Trees.of("containers", List.of(container))));
        Map<String, Object> all = new LinkedHashMap<>(spec);
        all.put("selector", Trees.of("matchLabels", Map.of("app", name)));
        all.put("template", template);
        store().create(
                        Trees.of(
                                "apiVersion",
                                kind.equals("Job") ? "batch/v1" : "apps/v1",
                                "kind",
                                kind,
                                "metadata",
                                Trees.of("namespace", "web", "name", name),
                                "spec",
                                all),
                        "test");
    }

    public void budget(String name, String app, Map<String, Object> bounds) {
        Map<String, Object> spec = new HashMap<>(bounds);
        spec.put("selector", Trees.of("matchLabels", Map.of("app", app)));
        store().create(
                        Trees.of(
                                "apiVersion",
                                "policy/v1",
                                "kind",
                                "PodDisruptionBudget",
                                "metadata",
                                Trees.of("namespace", "web", "name", name),
                                "spec",
                                spec),
                        "test");
    }

    /** Changes the template of a workload so that it is another one. */
    public void restart(String kind, String name, String mark) {
        change(kind, name, w -> Trees.with(w, mark, "spec", "template", "metadata", "annotations", "restart"));
    }

    public void change(String kind, String name, UnaryOperator<Map<String, Object>> change) {
        store().update(kind, "web", name, "test", change);
    }

    public void changeNode(String name, UnaryOperator<Map<String, Object>> change) {
        store().update("Node", "", name, "test", change);
    }

    public List<Map<String, Object>> trees(String app) {
        return store().list("Pod", "web").stream()
                .filter(p -> app.equals(Pods.labels(p).get("app")))
                .toList();
    }

    public List<Pod> pods(String app) {
        return trees(app).stream().map(KubeProjection::pod).toList();
    }

    public List<Pod> ready(String app) {
        return pods(app).stream().filter(p -> p.ready() && !p.terminating()).toList();
    }

    public Workload workload(String kind, String name) {
        return KubeProjection.workload(store().get(kind, "web", name).orElseThrow());
    }

    public Budget budget(String name) {
        return KubeProjection.budget(
                store().get("PodDisruptionBudget", "web", name).orElseThrow());
    }

    public List<Node> nodes() {
        return store().list("Node").stream().map(KubeProjection::node).toList();
    }

    public Node node(int index) {
        return nodes().get(index);
    }

    public void evict(Pod pod) {
        api.evict(
                new ObjectKey("Pod", pod.namespace(), pod.name()),
                pod.uid(),
                java.util.OptionalLong.empty(),
                Writer.named("test"));
    }

    /** The message of the container that waits, if one does. */
    public Optional<String> waiting(Pod pod) {
        return store().get("Pod", pod.namespace(), pod.name()).stream()
                .flatMap(p -> Tree.maps(p, "status", "containerStatuses").stream())
                .flatMap(c -> Tree.text(c, "state", "waiting", "message").stream())
                .findFirst();
    }

    /** A network that works. */
    public static final class PlainNetwork implements PodNetwork {
        private int next = 1;
        public final Set<String> broken = new HashSet<>();
        public final Set<String> full = new HashSet<>();
        public final Set<String> wired = new HashSet<>();

        @Override
        public Wiring add(String node, Map<String, Object> pod) {
            if (full.contains(node)) {
                return new Wiring.Refused("no addresses left");
            }
            wired.add(Pods.uid(pod));
            int number = next++;
            return new Wiring.Wired("10.9." + number / 250 + "." + (number % 250 + 1), "plain");
        }

        @Override
        public void remove(String node, Map<String, Object> pod) {
            wired.remove(Pods.uid(pod));
        }

        @Override
        public Optional<String> notReadyReason(String node) {
            return broken.contains(node) ? Optional.of("cni plugin not initialized") : Optional.empty();
        }
    }
}
