package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.cilium.EniEgress;
import io.cnishift.cilium.EniInput;
import java.util.List;

/** How pods with addresses of the VPC get out of it. */
final class Egress {

    private Egress() {}

    static EniInput.Masquerade masquerade(Site site) {
        return EniEgress.masquerade(site.view(), subnets(site));
    }

    /** Node subnets that lead to an internet gateway. */
    static List<String> publicSubnets(Site site) {
        return EniEgress.publicSubnets(site.view(), subnets(site));
    }

    private static List<String> subnets(Site site) {
        return site.groups().stream()
                .map(NodeGroup::subnets)
                .flatMap(List::stream)
                .toList();
    }
}
