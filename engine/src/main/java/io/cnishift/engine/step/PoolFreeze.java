package io.cnishift.engine.step;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Freezes the NodePool whose nodes are replaced: it launches none, and Karpenter neither consolidates nor replaces drifted ones. What
 * expires or is interrupted goes all the same, for that asks no budget. Only limits and disruption budgets are written. They are no part
 * of the template, so that no node drifts by them, and limits below what is there end nothing.
 */
final class PoolFreeze {

    private static final int TIMES = 3;
    private static final List<Map<String, Object>> NONE = List.of(Map.of("nodes", "0"));

    private PoolFreeze() {}

    /**
     * What freezes a pool that is neither frozen nor opened again by the step. An owner that opens it again and again has its
     * way: the twin outweighs the pool, so that Karpenter
     * comes to it only for what the twin may not launch.
     */
    static Optional<PatchObject> of(View view, String name, Progress progress) {
        if (pool(view, name).filter(p -> !frozen(p)).isEmpty()) {
            return Optional.empty();
        }
        PatchObject patch = patch(name);
        List<Progress.Entry> ours = progress.all(PatchObject.class).stream()
                .filter(e ->
                        e.act().target().equals(patch.target()) && e.result().done())
                .toList();
        boolean opened = !ours.isEmpty() && !ours.get(ours.size() - 1).act().equals(patch);
        long done = ours.stream()
                .filter(e -> e.act().equals(patch))
                .filter(e -> !e.at().isBefore(progress.underWaySince()))
                .count();
        return opened || done >= TIMES ? Optional.empty() : Optional.of(patch);
    }

    /** Whether a pool is frozen. */
    static boolean isFrozen(View view, String name) {
        return pool(view, name).filter(PoolFreeze::frozen).isPresent();
    }

    /** What gives a pool the limits and budgets that it had before, where they still are ours. */
    static Optional<PatchObject> lifted(View view, String name, Progress progress) {
        return Restore.first(progress, patch(name).object())
                .flatMap(e -> pool(view, name)
                        .flatMap(p -> Undo.of((PatchObject) e.act(), e.before(), Map.of("spec", p.spec()))
                                .patch()));
    }

    private static Optional<NodePool> pool(View view, String name) {
        return view.get(Part.NODE_POOLS, NodePool.class, name);
    }

    private static boolean frozen(NodePool pool) {
        return pool.closed() && Trees.same(NONE, Tree.list(pool.spec(), "disruption", "budgets"));
    }

    private static PatchObject patch(String name) {
        return new PatchObject(
                ObjectRef.of("karpenter.sh/v1", "NodePool", name),
                PatchType.MERGE,
                Map.of("spec", Map.of("limits", Map.of("cpu", "0"), "disruption", Map.of("budgets", NONE))),
                Optional.empty());
    }
}
