package io.cnishift.simulator.net;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pod of the VPC CNI on a secondary interface is routed by its source address: its packets leave by that interface and never
 * see the route to the overlay, unless
 * <ul>
 *   <li>the overlay is in AWS_EXTERNAL_SERVICE_CIDRS, which sends them through the main routing table, or
 *   <li>the node rewrites the source of packets that leave the VPC, whose connection mark does the same: EXTERNALSNAT is off,
 *       the overlay is not in EXCLUDE_SNAT_CIDRS, and the rules of the VPC CNI are there.
 * </ul>
 * The other direction needs none of this, so that what breaks, breaks one way.
 */
public final class CrossCniRoutes implements Behaviour {

    @Override
    public String id() {
        return "cross-cni-routes";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s pkg/networkutils/network.go, cmd/routed-eni-cni-plugin/driver; domain.md 4.4;"
                + " field-notes.md 0.2";
    }

    @Override
    public void install(Kernel kernel) {
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel).add(flow -> {
            boolean crossing = flow.from().kind() == End.Kind.VPC_POD
                    && flow.to().overlay()
                    && flow.from().secondaryEni();
            return crossing ? stops(dataplane, flow) : Optional.empty();
        });
    }

    private static Optional<String> stops(Dataplane dataplane, Flow flow) {
        String node = flow.from().node().orElse("");
        Map<String, String> env = dataplane.awsNodeEnv(node).orElse(Map.of());
        String to = flow.to().address();
        if (covered(env.get("AWS_EXTERNAL_SERVICE_CIDRS"), to)) {
            return Optional.empty();
        }
        boolean external = "true".equalsIgnoreCase(env.get("AWS_VPC_K8S_CNI_EXTERNALSNAT"));
        boolean excluded = covered(env.get("AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS"), to);
        if (!external && !excluded && dataplane.awsSnatRules(node)) {
            return Optional.empty();
        }
        String because = external
                ? "AWS_VPC_K8S_CNI_EXTERNALSNAT is true"
                : excluded ? "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS covers it" : "its SNAT rules are gone";
        return Optional.of("the VPC CNI routes " + flow.from().address() + " by its own interface, past the overlay: "
                + because + " and AWS_EXTERNAL_SERVICE_CIDRS does not cover " + to);
    }

    private static boolean covered(@Nullable String cidrs, String address) {
        List<String> blocks =
                cidrs == null ? List.of() : Arrays.asList(cidrs.trim().split("[, ]+"));
        return blocks.stream()
                .filter(b -> !b.isEmpty())
                .anyMatch(b -> Cidr.parse(b).contains(address));
    }
}
