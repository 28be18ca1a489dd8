package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.NodeGroup;

/** How many extra nodes a group should have while it is replaced: by option, else a quarter of its nodes, one at least. */
final class Wanted {

    private static final int QUARTER = 4;

    private Wanted() {}

    static int of(Site site, NodeGroup group) {
        int nodes = site.view().nodesOf(group.name()).size();
        int usual = nodes == 0 ? 0 : Math.max(1, nodes / QUARTER);
        return site.options().surge().getOrDefault(group.name(), usual);
    }
}
