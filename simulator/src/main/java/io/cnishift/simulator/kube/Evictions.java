package io.cnishift.simulator.kube;

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
 * The eviction subresource: deletes a pod if the rules of its world let it ({@link EvictionRules}), and books the disruption on
 * its budget in the same instant, so that of two evictions sent together the second sees what the first has taken.
 *
 * <p>Source: Kubernetes documentation, API-initiated eviction; pkg/registry/core/pod/storage/eviction.go;
 * kubectl's drain, which waits where the namespace is terminating.
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
        List<Map<String, Object>> budgets = budgetsOf(pod);
        EvictionRules.of(kernel).check(pod, budgets);
        if (writer.mode() == Mode.DRY_RUN) {
            return;
        }
        EvictionRules.paying(pod, budgets).map(Pods::key).ifPresent(b -> book(b, key.name()));
        store.delete(key, writer.manager(), Optional.of(uid), graceSeconds);
    }

    /** The budgets over a pod; none when it does not count any more or never did. */
    private List<Map<String, Object>> budgetsOf(Map<String, Object> pod) {
        if (Pods.finished(pod) || Pods.phase(pod).equals("Pending") || Pods.terminating(pod)) {
            return List.of();
        }
        return Budgets.of(kernel).over(pod).stream()
                .filter(b -> Tree.at(b, "spec", "selector").isPresent())
                .toList();
    }

    private void book(ObjectKey budget, String pod) {
        store.status(
                budget,
                "kube-apiserver",
                s -> Trees.with(
                        Trees.with(s, Math.max(0, Tree.number(s, 0, "disruptionsAllowed") - 1), "disruptionsAllowed"),
                        kernel.clock().now().toString(),
                        "disruptedPods",
                        pod));
    }

    private void refuseInTerminatingNamespace(ObjectKey key, Map<String, Object> pod) {
        boolean terminating = store.get("Namespace", "", key.namespace())
                .filter(Pods::terminating)
                .isPresent();
        if (terminating && !Pods.terminating(pod)) {
            // the namespace is about to take the pod itself, so whoever waits gets what he wants
            throw new ApiRefusal(
                    Reason.BUSY,
                    key + " is forbidden: unable to create new content in namespace " + key.namespace()
                            + " because it is being terminated",
                    ApiRefusal.Detail.terminating(key.namespace()));
        }
    }
}
