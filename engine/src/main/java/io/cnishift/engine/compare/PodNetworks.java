package io.cnishift.engine.compare;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import java.util.List;

/** Where the pods of a cluster stand on the network. */
public final class PodNetworks {

    private PodNetworks() {}

    /** Of the pods that run and do not use the host's network. */
    public static Comparison.NetworkLine of(View view) {
        List<Pod> pods = view.pods().stream()
                .filter(p -> !p.hostNetwork() && !p.finished() && p.address().isPresent())
                .toList();
        boolean all = VpcCni.enforcesPolicies(view);
        return new Comparison.NetworkLine(
                pods.size(),
                count(pods.stream().filter(p -> inVpc(view, p)).count()),
                count(pods.stream()
                        .filter(p -> (all && onAgent(view, p))
                                || view.ciliumEndpoint(p).isPresent())
                        .count()));
    }

    /** The VPC CNI's agent for policies runs on Linux nodes of EC2 alone. */
    private static boolean onAgent(View view, Pod pod) {
        return pod.node()
                .flatMap(view::node)
                .filter(n -> n.linux() && !n.fargate())
                .isPresent();
    }

    private static boolean inVpc(View view, Pod pod) {
        return view.vpc().cidrs().stream()
                .anyMatch(block -> pod.address().filter(block.cidr()::contains).isPresent());
    }

    private static int count(long count) {
        return Math.toIntExact(count);
    }
}
