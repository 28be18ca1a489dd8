package io.cnishift.simulator.aws;

import io.cnishift.api.act.ClusterBound;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What version and policy switch of the add-on vpc-cni say of its objects, as its chart renders them. Pure. */
final class AddonContent {

    /** Keys of its configuration that are obeyed, besides the environment. */
    static final String POLICIES = "enableNetworkPolicy";

    private static final String AGENT = "aws-eks-nodeagent";
    private static final String FLAG = "--enable-network-policy=";
    private static final Set<String> OF_ITS_VERSION = Set.of("aws-node", "aws-vpc-cni-init");

    private static final int DNS = 10;

    private static final Map<String, Optional<String>> OF_IPV6 = Map.of(
            "ENABLE_IPv4", Optional.of("false"),
            "ENABLE_IPv6", Optional.of("true"),
            "ENABLE_PREFIX_DELEGATION", Optional.of("true"));

    private AddonContent() {}

    /** The object as EKS makes it in a cluster: in one of IPv6 with the switches of aws-node, and with the address of DNS in its range. */
    static Map<String, Object> of(Addon addon, Cluster cluster, Map<String, Object> object) {
        if ("Service".equals(object.get("kind"))) {
            boolean there = Tree.text(object, "spec", "clusterIP")
                    .filter(ip -> ip.equals("None") || cluster.serviceCidr().contains(ip))
                    .isPresent();
            // nodes are told the tenth address of the range as that of DNS
            return there
                    ? object
                    : Trees.with(
                            ClusterBound.without(object), cluster.serviceCidr().address(DNS), "spec", "clusterIP");
        }
        if (cluster.ipFamily() == Cluster.IpFamily.IPV4) {
            return object;
        }
        Map<String, Object> spec = Tree.map(object, "spec", "template", "spec");
        return addon.name().equals("vpc-cni") && "DaemonSet".equals(object.get("kind"))
                ? Trees.with(
                        object, ContainerEnv.with(spec, "aws-node", new TreeMap<>(OF_IPV6)), "spec", "template", "spec")
                : object;
    }

    /** The object as this state of the add-on has it. */
    static Map<String, Object> of(Addon addon, Map<String, Object> object) {
        return switch (String.valueOf(object.get("kind"))) {
            case "DaemonSet" -> {
                Map<String, Object> spec = Tree.map(object, "spec", "template", "spec");
                for (String list : List.of("initContainers", "containers")) {
                    List<Map<String, Object>> containers = Tree.maps(spec, list);
                    if (!containers.isEmpty()) {
                        List<Map<String, Object>> rendered = new ArrayList<>();
                        containers.forEach(c -> rendered.add(container(addon, c)));
                        spec = Trees.with(spec, rendered, list);
                    }
                }
                yield Trees.with(object, spec, "spec", "template", "spec");
            }
            case "ConfigMap" ->
                Tree.text(object, "data", "enable-network-policy-controller").isPresent()
                        ? Trees.with(
                                object, policies(addon).orElse("false"), "data", "enable-network-policy-controller")
                        : object;
            default -> object;
        };
    }

    private static Map<String, Object> container(Addon addon, Map<String, Object> container) {
        String name = String.valueOf(container.get("name"));
        if (OF_ITS_VERSION.contains(name)) {
            String image = Tree.text(container, "image").orElse("");
            return Trees.with(container, image.replaceFirst(":[^:/]*$", "") + ":" + addon.version(), "image");
        }
        return name.equals(AGENT) ? agent(container, policies(addon).orElse("false")) : container;
    }

    private static Map<String, Object> agent(Map<String, Object> container, String enabled) {
        List<String> args = new ArrayList<>(Tree.texts(container, "args"));
        int at = args.stream().map(a -> a.startsWith(FLAG)).toList().indexOf(true);
        if (at < 0 && enabled.equals("false")) {
            return container;
        }
        if (at < 0) {
            args.add(FLAG + enabled);
        } else {
            args.set(at, FLAG + enabled);
        }
        return Trees.with(container, args, "args");
    }

    private static Optional<String> policies(Addon addon) {
        return Tree.text(addon.configuration(), POLICIES);
    }
}
