package io.cnishift.api.roll;

import io.cnishift.api.cluster.NodeGroup;

/**
 * How many extra nodes a group should have while it is replaced: by option, else a quarter of its nodes, but as many
 * as are drained at once and one at least. A NodePool has no more than its limits leave.
 */
final class Wanted {

    private static final int QUARTER = 4;

    private Wanted() {}

    static int of(RollSite site, NodeGroup group) {
        int nodes = site.view().nodesOf(group.name()).size();
        int drained = site.options().maxUnavailable().orElse(1);
        int usual = nodes == 0 ? 0 : Math.max(Math.min(drained, nodes), nodes / QUARTER);
        int wanted = site.options().surge().getOrDefault(group.name(), usual);
        return TwinPool.of(site.view(), group)
                .map(twin ->
                        Math.min(wanted, twin.room(nodes, group.instanceTypes()).orElse(wanted)))
                .orElse(wanted);
    }
}
