package io.cnishift.api.roll;

import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import java.util.function.ToIntFunction;

/** The addresses of a subnet that the nodes take which come after others, with the same pods. */
final class Successor {

    private Successor() {}

    /** The most addresses that a new node in a subnet takes. */
    static int most(RollSite site, String subnet) {
        return Math.max(1, most(site, subnet, site.newNodes()::addresses));
    }

    /** The most blocks of 16 that a new node in a subnet takes. */
    static int mostBlocks(RollSite site, String subnet) {
        return most(site, subnet, site.newNodes()::blocks);
    }

    private static int most(RollSite site, String subnet, ToIntFunction<Node> count) {
        return site.groups().stream()
                .filter(g -> g.subnets().contains(subnet))
                .map(NodeGroup::name)
                .flatMap(g -> site.view().nodesOf(g).stream())
                .mapToInt(count)
                .max()
                .orElse(0);
    }

    /** Addresses of a subnet that are in use when every node there has a successor. */
    static int after(RollSite site, AddressUse use) {
        return use.others()
                + site.fleet().nodesIn(use.subnet().id()).stream()
                        .mapToInt(site.newNodes()::addresses)
                        .sum();
    }
}
