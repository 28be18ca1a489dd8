package io.cnishift.cilium;

import io.cnishift.api.capacity.Cidr;
import java.util.ArrayList;
import java.util.List;

/** Pools, routing modes and chaining. */
final class RoutingRules {

    private static final String POOL = "ipam.operator.clusterPoolIPv4PodCIDRList";

    private static final String MASK = "ipam.operator.clusterPoolIPv4MaskSize";

    private RoutingRules() {}

    static List<ValueProblem> check(Settings settings) {
        List<ValueProblem> problems = new ArrayList<>();
        if (settings.ipam().equals("cluster-pool") && settings.on("ipv4.enabled") && !settings.chained()) {
            pool(settings, problems);
        }
        eni(settings, problems);
        nativeRouting(settings, problems);
        if (settings.tunnel() && settings.on("endpointRoutes.enabled") && !settings.kubeProxyReplacement()) {
            problems.add(ValueProblem.warning(
                    ValueRule.ENDPOINT_ROUTES,
                    "endpointRoutes.enabled",
                    "with tunnels and kube-proxy, a route for each pod makes policies miss traffic",
                    "leave endpointRoutes out in tunnel mode"));
        }
        if (settings.tunnel() && settings.on("autoDirectNodeRoutes")) {
            problems.add(ValueProblem.error(
                    ValueRule.DIRECT_ROUTES,
                    "autoDirectNodeRoutes",
                    "agents do not start with direct routes between nodes in tunnel mode",
                    "leave autoDirectNodeRoutes out"));
        }
        if (settings.chainingMode().equals("aws-cni")) {
            chaining(settings, problems);
        }
        return problems;
    }

    private static void pool(Settings settings, List<ValueProblem> problems) {
        List<String> blocks = settings.list(POOL);
        if (blocks.isEmpty()) {
            problems.add(ValueProblem.error(
                    ValueRule.DEFAULT_POOL,
                    POOL,
                    "pods would get addresses of 10.0.0.0/8, which covers most VPCs",
                    "set a block that neither the VPC, its peers nor Services use, for example 10.244.0.0/16"));
        }
        int mask = settings.number(MASK, 24);
        if (mask > 30) {
            problems.add(ValueProblem.error(
                    ValueRule.POOL_MASK,
                    MASK,
                    "a /" + mask + " for each node has no room for pods",
                    "use 30 or less, 24 as a rule"));
        }
        for (String block : blocks) {
            block(block, mask, problems);
        }
    }

    private static void block(String block, int mask, List<ValueProblem> problems) {
        Cidr cidr;
        try {
            cidr = Cidr.parse(block);
        } catch (IllegalArgumentException e) {
            problems.add(ValueProblem.error(
                    ValueRule.POOL_BLOCK, POOL, "'" + block + "' is not a CIDR block", "write it as 10.244.0.0/16"));
            return;
        }
        if (cidr.ipv4() && cidr.prefix() > mask) {
            problems.add(ValueProblem.error(
                    ValueRule.POOL_MASK,
                    MASK,
                    "a /" + mask + " for each node does not fit into " + block,
                    "use a larger block, or a mask of at least " + cidr.prefix()));
        }
    }

    private static void eni(Settings settings, List<ValueProblem> problems) {
        if (!settings.eni() && settings.text("ipam.mode").filter("eni"::equals).isPresent()) {
            problems.add(ValueProblem.error(
                    ValueRule.ENI_OFF,
                    "eni.enabled",
                    "ipam.mode=eni needs eni.enabled=true, which also chooses the operator that can call EC2",
                    "set eni.enabled=true"));
        }
        if (settings.eni() && settings.tunnel()) {
            problems.add(ValueProblem.error(
                    ValueRule.ENI_TUNNEL,
                    "routingMode",
                    "pods with VPC addresses are routed by the VPC, not through tunnels",
                    "leave routingMode out, or set it to native"));
        }
    }

    private static void nativeRouting(Settings settings, List<ValueProblem> problems) {
        boolean needed = settings.routingMode().equals("native")
                && !settings.ipam().equals("eni")
                && settings.masqueradeIpv4()
                && settings.on("ipv4.enabled")
                && !settings.on("ipMasqAgent.enabled");
        if (needed && settings.nonEmpty("ipv4NativeRoutingCIDR").isEmpty()) {
            problems.add(
                    ValueProblem.error(
                            ValueRule.NATIVE_CIDR,
                            "ipv4NativeRoutingCIDR",
                            "with native routing and masquerading Cilium must know which addresses are routed",
                            "set ipv4NativeRoutingCIDR to the range that reaches pods unchanged, or enableIPv4Masquerade=false"));
        }
    }

    private static void chaining(Settings settings, List<ValueProblem> problems) {
        need(settings, "cni.exclusive", "false", "Cilium would set the VPC CNI's file aside", problems);
        need(settings, "endpointRoutes.enabled", "true", "traffic to pods would not pass Cilium", problems);
        if (settings.masqueradeIpv4()) {
            problems.add(incomplete("enableIPv4Masquerade", "false", "source addresses would be rewritten twice"));
        }
        if (!settings.routingMode().equals("native")) {
            problems.add(incomplete("routingMode", "native", "the VPC routes pod addresses, tunnels would not"));
        }
        if (settings.on("encryption.enabled")
                && settings.text("encryption.type").orElse("ipsec").equals("ipsec")) {
            problems.add(ValueProblem.warning(
                    ValueRule.CHAINING_IPSEC,
                    "encryption.type",
                    "IPsec is only partly supported behind the VPC CNI",
                    "use encryption.type=wireguard, or no encryption"));
        }
    }

    private static void need(
            Settings settings, String key, String value, String otherwise, List<ValueProblem> problems) {
        if (!settings.text(key).orElse("").equals(value)) {
            problems.add(incomplete(key, value, otherwise));
        }
    }

    private static ValueProblem incomplete(String key, String value, String otherwise) {
        return ValueProblem.error(
                ValueRule.CHAINING,
                key,
                "behind the VPC CNI " + key + " must be " + value + "; " + otherwise,
                "set " + key + "=" + value);
    }
}
