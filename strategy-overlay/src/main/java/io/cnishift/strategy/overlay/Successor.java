package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of a subnet that the node takes which comes after another one, with the same pods. */
final class Successor {

    private Successor() {}

    /** One, its own, with an overlay; else those that Cilium has interfaces hold. */
    static int addresses(Site site, Node node) {
        return site.options()
                .interfaces()
                .map(options -> EniPool.held(site.view(), node, options.prefixDelegation()))
                .orElse(1);
    }

    /** The most that a new node in a subnet takes. */
    static int most(Site site, String subnet) {
        if (site.overlay()) {
            return 1;
        }
        Stream<Node> nodes = site.groups().stream()
                .filter(g -> g.subnets().contains(subnet))
                .map(NodeGroup::name)
                .flatMap(g -> site.view().nodesOf(g).stream());
        return nodes.mapToInt(n -> addresses(site, n)).max().orElse(1);
    }

    /** Addresses of a subnet that are in use when every node there has a successor. */
    static int after(Site site, AddressUse use) {
        return use.others()
                + in(site, use.subnet().id()).stream()
                        .mapToInt(n -> addresses(site, n))
                        .sum();
    }

    /** Nodes in a subnet. */
    static List<Node> in(Site site, String subnet) {
        return site.nodes().stream()
                .filter(n -> site.view()
                        .instanceOf(n)
                        .map(Instance::subnet)
                        .filter(subnet::equals)
                        .isPresent())
                .toList();
    }
}
