package io.cnishift.strategy.newcluster;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import java.util.Map;
import java.util.Optional;

/** Replicas of a workload. */
final class Scaling {

    private Scaling() {}

    /** The replicas of the first cluster's workload {@code Kind/namespace/name} before this step changed them. */
    static Optional<Long> before(String key, Progress progress) {
        return progress.all(PatchObject.class).stream()
                .filter(e ->
                        Inventory.key(((PatchObject) e.act()).object()).equals(key) && Outcomes.mayBeDone(e.result()))
                .findFirst()
                .map(e -> Tree.number(e.before(), 1, "spec", "replicas"));
    }

    static PatchObject to(Workload workload, long replicas) {
        return new PatchObject(
                ObjectRef.of("apps/v1", workload.kind(), workload.namespace(), workload.name()),
                PatchType.MERGE,
                Map.of("spec", Map.of("replicas", replicas)),
                Optional.empty());
    }
}
