package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission.Operation;
import io.cnishift.simulator.Admission.Request;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer.Mode;
import io.cnishift.simulator.kube.ApiServer.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The eviction subresource: deletes a pod if its budget allows a disruption, and books the disruption in the same instant, so
 * that of two evictions sent together the second sees what the first has taken.
 *
 * <p>Source: Kubernetes documentation, API-initiated eviction; pkg/registry/core/pod/storage/eviction.go.
 */
final class Evictions {
    private final Kernel kernel;
    private final ObjectStore store;

    Evictions(Kernel kernel) {
        this.kernel = kernel;
        store = kernel.objects();
    }

    void evict(ObjectKey key, String uid, OptionalLong graceSeconds, Writer writer) {
        Map<String, Object> pod =
                store.get(key).orElseThrow(() -> new ApiRefusal(Reason.GONE, "pods \"" + key.name() + "\" not found"));
        if (!Pods.uid(pod).equals(uid)) {
            throw new ApiRefusal(
                    Reason.CONFLICT,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Pods.uid(pod));
        }
        refuseInTerminatingNamespace(key, pod);
        store.admit(new Request(Operation.CREATE, "eviction", writer.manager(), Optional.of(pod), pod));
        Optional<ObjectKey> budget = budgetFor(pod);
        budget.ifPresent(b -> refuseUnlessAllowed(b, store.get(b).orElseThrow()));
        if (writer.mode() == Mode.DRY_RUN) {
            return;
        }
        budget.ifPresent(b -> book(b, key.name()));
        store.delete(key, writer.manager(), Optional.of(uid), graceSeconds);
    }

    /** The budget that must pay for the eviction; none when the pod does not count any more or never did. */
    private Optional<ObjectKey> budgetFor(Map<String, Object> pod) {
        if (Pods.finished(pod) || Pods.phase(pod).equals("Pending") || Pods.terminating(pod)) {
            return Optional.empty();
        }
        List<Map<String, Object>> budgets = store
                .list("PodDisruptionBudget", Pods.key(pod).namespace())
                .stream()
                .filter(b -> Tree.at(b, "spec", "selector").isPresent())
                .filter(b -> Selectors.matches(Tree.map(b, "spec", "selector"), Pods.labels(pod)))
                .toList();
        if (budgets.size() > 1) {
            throw new ApiRefusal(
                    Reason.DOUBLE_BUDGET,
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support: "
                            + String.join(
                                    ", ",
                                    budgets.stream()
                                            .map(b -> Pods.key(b).name())
                                            .toList()));
        }
        return budgets.stream().filter(b -> !freeFor(pod, b)).map(Pods::key).findFirst();
    }

    /** A pod that is not ready costs a healthy budget nothing. */
    private static boolean freeFor(Map<String, Object> pod, Map<String, Object> budget) {
        if (Pods.ready(pod)) {
            return false;
        }
        boolean always = Tree.text(budget, "spec", "unhealthyPodEvictionPolicy")
                .filter("AlwaysAllow"::equals)
                .isPresent();
        long desired = status(budget, "desiredHealthy");
        return always || (desired > 0 && status(budget, "currentHealthy") >= desired);
    }

    private static void refuseUnlessAllowed(ObjectKey key, Map<String, Object> budget) {
        boolean stale = status(budget, "observedGeneration") < Tree.number(budget, 0, "metadata", "generation");
        if (stale || status(budget, "disruptionsAllowed") <= 0) {
            throw new ApiRefusal(
                    Reason.BUDGET,
                    "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget "
                            + key.name() + " needs " + status(budget, "desiredHealthy") + " healthy pods and has "
                            + status(budget, "currentHealthy") + " currently");
        }
    }

    private void book(ObjectKey budget, String pod) {
        store.status(
                budget,
                "kube-apiserver",
                s -> Trees.with(
                        Trees.with(s, Tree.number(s, 0, "disruptionsAllowed") - 1, "disruptionsAllowed"),
                        kernel.clock().now().toString(),
                        "disruptedPods",
                        pod));
    }

    private void refuseInTerminatingNamespace(ObjectKey key, Map<String, Object> pod) {
        boolean terminating = store.get("Namespace", "", key.namespace())
                .filter(Pods::terminating)
                .isPresent();
        if (terminating && !Pods.terminating(pod)) {
            throw new ApiRefusal(
                    Reason.FORBIDDEN,
                    "unable to create new content in namespace " + key.namespace() + " because it is being terminated");
        }
    }

    private static long status(Map<String, Object> budget, String field) {
        return Tree.number(budget, 0, "status", field);
    }
}
