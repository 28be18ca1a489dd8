package io.cnishift.strategy.overlay;

import io.cnishift.api.capacity.ClusterPool;
import io.cnishift.api.capacity.ClusterPoolPlan;
import io.cnishift.api.roll.Ceiling;
import io.cnishift.api.roll.GroupDraft;
import java.util.List;

/**
 * The slice of the pod range that each node gets.
 *
 * @param maxPods the most that a node of the new side admits
 * @param mostNodes nodes that can be there at one time
 * @param plan the slice, or why the range is too small
 */
record PoolDraft(int maxPods, int mostNodes, ClusterPoolPlan plan) {

    /**
     * Computed from the largest max-pods and the highest node count: all new groups at their maximum, and beside them the
     * nodes of the old side, which have a slice too where agents run on them; all together no more than the cluster may have.
     */
    static PoolDraft of(Site site, List<GroupDraft> groups) {
        int pods =
                Math.max(1, groups.stream().mapToInt(GroupDraft::maxPods).max().orElse(1));
        int fresh = groups.stream().mapToInt(GroupDraft::mostNodes).sum();
        int old = site.routed() ? site.nodes().size() : 0;
        int limit = site.view().cluster().nodeLimit().orElse(Integer.MAX_VALUE);
        int nodes = Math.max(1, Math.min(fresh + old, Math.max(limit, Ceiling.machines(site.view()))));
        return new PoolDraft(
                pods,
                nodes,
                ClusterPool.plan(site.options().overlay().orElseThrow().podCidr(), pods, nodes));
    }

    /** Prefix length of a slice. */
    int mask() {
        return plan.fold(ClusterPoolPlan.Fits::mask, ClusterPoolPlan.TooSmall::mask);
    }

    /** Whether the range has a slice for every node. */
    boolean fits() {
        return plan.fold(fits -> true, tooSmall -> false);
    }
}
