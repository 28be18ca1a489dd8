package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.net.Ready;
import io.cnishift.simulator.net.Services;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Registers what a TargetGroupBinding binds: ready pods by their address, or every node by its node port that is ready and not
 * excluded from load balancers. What else is registered in the group is deregistered, unless the group is shared.
 */
final class Bindings {

    private static final Set<String> EXCLUDED = Set.of(
            "node.kubernetes.io/exclude-from-external-load-balancers",
            "alpha.service-controller.kubernetes.io/exclude-balancer",
            "node-role.kubernetes.io/master");

    private final Kernel kernel;
    private final TargetGroups groups;
    /** As read from the store; read again after a change of a node. */
    private Optional<List<String>> instances = Optional.empty();

    Bindings(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        groups = TargetGroups.of(kernel);
        kernel.objects().listen("Node", (before, after) -> instances = Optional.empty());
    }

    void reconcile() {
        List<String> targets = instances.orElseGet(this::instances);
        instances = Optional.of(targets);
        for (Map<String, Object> binding : List.copyOf(kernel.objects().list("TargetGroupBinding"))) {
            Tree.text(binding, "spec", "targetGroupARN")
                    .flatMap(groups::find)
                    .ifPresent(g -> bind(binding, g, targets));
        }
    }

    private void bind(Map<String, Object> binding, TargetGroup group, List<String> instances) {
        Optional<Map<String, Object>> service = kernel.objects()
                .get(
                        "Service",
                        Tree.text(binding, "metadata", "namespace").orElse(""),
                        Tree.text(binding, "spec", "serviceRef", "name").orElse(""));
        Optional<Map<String, Object>> port = service.flatMap(s -> ServicePorts.find(
                s, Tree.text(binding, "spec", "serviceRef", "port").orElse("")));
        if (service.isEmpty() || port.isEmpty()) {
            return;
        }
        Set<Member> wanted = new LinkedHashSet<>(
                group.targetType().equals("ip") ? pods(service.get(), port.get()) : nodes(port.get(), instances));
        Set<Member> there = group.targets().stream()
                .filter(t -> !t.health().equals("draining"))
                .map(Member::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<Member> missing = wanted.stream().filter(m -> !there.contains(m)).toList();
        List<Member> surplus = there.stream().filter(m -> !wanted.contains(m)).toList();
        if (!missing.isEmpty()) {
            groups.register(group.arn(), missing);
        }
        if (!surplus.isEmpty() && !Tree.flag(binding, "spec", "multiClusterTargetGroup")) {
            groups.deregister(group.arn(), surplus);
        }
    }

    private List<Member> pods(Map<String, Object> service, Map<String, Object> port) {
        String key = Tree.text(service, "metadata", "namespace").orElse("") + "/"
                + Tree.text(service, "metadata", "name").orElse("");
        Protocol protocol =
                Tree.text(port, "protocol").orElse("TCP").equalsIgnoreCase("UDP") ? Protocol.UDP : Protocol.TCP;
        List<Member> members = new ArrayList<>();
        for (Services.Endpoint endpoint :
                Services.of(kernel).ready(key, (int) Tree.number(port, 0, "port"), protocol)) {
            members.add(new Member(endpoint.address(), endpoint.port()));
        }
        return members;
    }

    private static List<Member> nodes(Map<String, Object> port, List<String> instances) {
        int nodePort = (int) Tree.number(port, 0, "nodePort");
        return nodePort == 0
                ? List.of()
                : instances.stream().map(id -> new Member(id, nodePort)).toList();
    }

    /** The instances of nodes that may be targets. */
    private List<String> instances() {
        return kernel.objects().list("Node").stream()
                .filter(Ready::isReady)
                .filter(n -> Tree.map(n, "metadata", "labels").keySet().stream().noneMatch(EXCLUDED::contains))
                .flatMap(n -> Tree.text(n, "spec", "providerID").stream())
                .filter(id -> id.startsWith("aws:"))
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .toList();
    }
}
