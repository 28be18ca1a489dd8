package io.cnishift.simulator.net;

import io.cnishift.api.cluster.InternetWay;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Map;
import java.util.Optional;

/**
 * Out of the VPC leads the default route of the subnet. Through a NAT gateway any address of the VPC may leave; through an
 * internet gateway only a public one, which the node has and a pod has not: a pod of the VPC CNI therefore needs the SNAT rules
 * of its node there, one of Cilium in ENI mode its agent's masquerading, which since 1.18 is off unless asked for.
 */
public final class InternetEgress implements Behaviour {

    @Override
    public String id() {
        return "internet-egress";
    }

    @Override
    public String source() {
        return "VPC user guide: internet gateways, NAT gateways; EKS user guide: external SNAT; cilium 1.18 upgrade notes;"
                + " domain.md C3, C13";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Dataplane dataplane = Dataplane.of(kernel);
        Ends ends = Ends.of(kernel);
        Network.of(kernel)
                .add(flow -> flow.to().kind() == End.Kind.INTERNET
                        ? stops(cloud, dataplane, ends, flow.from())
                        : Optional.empty());
    }

    private static Optional<String> stops(Cloud cloud, Dataplane dataplane, Ends ends, End from) {
        String node = from.node().orElse("");
        boolean external = "true"
                .equalsIgnoreCase(dataplane.awsNodeEnv(node).orElse(Map.of()).get("AWS_VPC_K8S_CNI_EXTERNALSNAT"));
        // without SNAT a pod's packets leave by the interface that has its address
        Optional<Subnet> subnet = external && from.secondaryEni()
                ? Routes.subnetOf(cloud, from.address())
                : from.node().flatMap(ends::host).flatMap(h -> Routes.subnet(cloud, h.address()));
        if (subnet.isEmpty()) {
            return Optional.empty();
        }
        String target = defaultRoute(cloud, subnet.get());
        if (target.isEmpty()) {
            return Optional.of("subnet " + subnet.get().id() + " has no default route");
        }
        if (!target.startsWith("igw-")) {
            return Optional.empty();
        }
        if (!InternetWay.publicAddresses(cloud.view(), subnet.get())) {
            return Optional.of("subnet " + subnet.get().id()
                    + " leads to an internet gateway, and its nodes have no public" + " address");
        }
        boolean rewritten = (dataplane.awsSnatRules(node) && !external)
                || dataplane
                        .agentConfig(node)
                        .filter(InternetEgress::masquerades)
                        .isPresent();
        return from.kind() == End.Kind.VPC_POD && !rewritten
                ? Optional.of("the pod's address is not rewritten to the node's (SNAT rules of the VPC CNI are "
                        + (external ? "switched off" : "gone")
                        + ", and Cilium does not masquerade), and it has no public one")
                : Optional.empty();
    }

    /** Whether an agent in ENI mode does so, on interfaces that nodes of today have: ens5 and so on. */
    private static boolean masquerades(Map<String, String> config) {
        String interfaces = config.getOrDefault("egress-masquerade-interfaces", "");
        return config.getOrDefault("ipam", "").equals("eni")
                && config.getOrDefault("enable-ipv4-masquerade", "true").equals("true")
                && (interfaces.isEmpty() || interfaces.startsWith("ens"));
    }

    private static String defaultRoute(Cloud cloud, Subnet subnet) {
        return Routes.of(cloud, subnet).stream()
                .filter(r -> r.destination().equals("0.0.0.0/0"))
                .map(RouteTable.Route::target)
                .findFirst()
                .orElse("");
    }
}
