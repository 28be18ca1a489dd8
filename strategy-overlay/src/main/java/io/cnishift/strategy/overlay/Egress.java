package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.cilium.EniInput;
import java.util.List;

/** How pods with addresses of the VPC get out of it. */
final class Egress {

    private Egress() {}

    /** An internet gateway takes public addresses only, which nodes have there and pods have not. */
    static EniInput.Masquerade masquerade(Site site) {
        return publicSubnets(site).isEmpty() ? EniInput.Masquerade.OFF : EniInput.Masquerade.NODE_ADDRESS;
    }

    /** Node subnets that lead to an internet gateway. */
    static List<String> publicSubnets(Site site) {
        return site.groups().stream()
                .map(NodeGroup::subnets)
                .flatMap(List::stream)
                .distinct()
                .flatMap(id -> site.view().subnet(id).stream())
                .filter(s -> site.view()
                        .wayOut(s)
                        .filter(gateway -> gateway.startsWith("igw-"))
                        .isPresent())
                .map(Subnet::id)
                .toList();
    }
}
