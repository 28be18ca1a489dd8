package io.cnishift.cilium;

import io.cnishift.api.cluster.View;
import java.util.List;

/** How pods with addresses of the VPC get out of it. */
public final class EniEgress {

    private EniEgress() {}

    /** An internet gateway takes public addresses only, which nodes have there and pods have not. */
    public static EniInput.Masquerade masquerade(View view, List<String> nodeSubnets) {
        return publicSubnets(view, nodeSubnets).isEmpty() ? EniInput.Masquerade.OFF : EniInput.Masquerade.NODE_ADDRESS;
    }

    /** Those of these subnets that lead to an internet gateway. */
    public static List<String> publicSubnets(View view, List<String> nodeSubnets) {
        return nodeSubnets.stream()
                .distinct()
                .filter(id -> view.subnet(id)
                        .flatMap(view::wayOut)
                        .filter(gateway -> gateway.startsWith("igw-"))
                        .isPresent())
                .toList();
    }
}
