package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Network policies and what binds pods to AWS networking. */
final class NetworkProjection {
    private static final List<String> STACK_LABELS = List.of(
            "ingress.k8s.aws/stack",
            "ingress.k8s.aws/stack-name",
            "service.k8s.aws/stack",
            "service.k8s.aws/stack-name");

    private NetworkProjection() {}

    static NetworkPolicy networkPolicy(Map<String, ?> tree) {
        List<String> types = Tree.texts(tree, "spec", "policyTypes");
        return new NetworkPolicy(
                Meta.namespace(tree),
                Meta.name(tree),
                Tree.map(tree, "spec", "podSelector"),
                ipBlocks(tree),
                types.contains("Ingress"),
                types.contains("Egress"),
                rules(tree),
                Optional.of(Meta.uid(tree)).filter(uid -> !uid.isEmpty()),
                Meta.labels(tree));
    }

    private static Map<String, Object> rules(Map<String, ?> tree) {
        Map<String, Object> rules = new LinkedHashMap<>();
        for (String direction : List.of("ingress", "egress")) {
            String side = direction.equals("ingress") ? "from" : "to";
            List<Map<String, Object>> there = Tree.maps(tree, "spec", direction).stream()
                    .flatMap(rule -> byLabels(rule, side).stream())
                    .toList();
            if (!there.isEmpty()) {
                rules.put(direction, there);
            }
        }
        return rules;
    }

    /** The rule without blocks of addresses; empty when it has no others. One without peers is for everybody. */
    private static Optional<Map<String, Object>> byLabels(Map<String, Object> rule, String side) {
        List<Map<String, Object>> peers = Tree.maps(rule, side);
        List<Map<String, Object>> selected =
                peers.stream().filter(p -> !p.containsKey("ipBlock")).toList();
        return peers.isEmpty()
                ? Optional.of(rule)
                : selected.isEmpty() ? Optional.empty() : Optional.of(Tree.with(rule, side, selected));
    }

    private static List<Cidr> ipBlocks(Map<String, ?> tree) {
        Stream<Map<String, Object>> peers = Stream.concat(
                Tree.maps(tree, "spec", "ingress").stream().flatMap(r -> Tree.maps(r, "from").stream()),
                Tree.maps(tree, "spec", "egress").stream().flatMap(r -> Tree.maps(r, "to").stream()));
        return peers.flatMap(p -> Tree.text(p, "ipBlock", "cidr").stream())
                .map(Cidr::parse)
                .toList();
    }

    static SecurityGroupPolicy securityGroupPolicy(Map<String, ?> tree) {
        return new SecurityGroupPolicy(
                Meta.namespace(tree),
                Meta.name(tree),
                Tree.map(tree, "spec", "podSelector"),
                Tree.map(tree, "spec", "serviceAccountSelector"),
                Tree.texts(tree, "spec", "securityGroups", "groupIds"));
    }

    /** The controller labels the bindings that it makes with the stack they belong to. */
    static TargetGroupBinding targetGroupBinding(Map<String, ?> tree) {
        Map<String, String> labels = Tree.strings(tree, "metadata", "labels");
        return new TargetGroupBinding(
                Meta.namespace(tree),
                Meta.name(tree),
                Tree.text(tree, "spec", "targetGroupARN").orElse(""),
                Tree.text(tree, "spec", "serviceRef", "name").orElse(""),
                Tree.text(tree, "spec", "serviceRef", "port").orElse(""),
                Tree.text(tree, "spec", "targetType").orElse(""),
                STACK_LABELS.stream().noneMatch(labels::containsKey));
    }
}
