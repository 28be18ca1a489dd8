package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.Ready;
import io.cnishift.simulator.net.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private final Finalizers finalizers;
    private final TargetGroups groups;
    /** The instances of nodes that may be targets, by node. */
    private final NavigableMap<String, String> instances = new TreeMap<>();

    private final Map<String, Seen> settled = new HashMap<>();
    private Optional<List<String>> instanceList = Optional.empty();

    Bindings(Kernel kernel, Finalizers finalizers) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.finalizers = Objects.requireNonNull(finalizers, "finalizers");
        groups = TargetGroups.of(kernel);
        kernel.objects()
                .list("Node")
                .forEach(n -> node(Optional.of(n), Pods.key(n).name()));
        kernel.objects()
                .listen(
                        "Node",
                        (before, after) -> node(
                                after,
                                Pods.key(after.or(() -> before).orElseThrow()).name()));
    }

    /**
     * With what a binding was found to be in order: while it is the same there is nothing to do.
     *
     * @param wanted who should be in the group
     */
    private record Seen(Map<String, Object> binding, Map<String, Object> port, List<Target> targets, List<?> wanted) {
        private boolean sameAs(@Nullable Seen other) {
            return other != null
                    && binding.equals(other.binding)
                    && port.equals(other.port)
                    && wanted.equals(other.wanted)
                    && sameMembers(targets, other.targets);
        }
    }

    private void node(Optional<Map<String, Object>> node, String name) {
        Optional<String> instance = node.filter(Ready::isReady)
                .filter(n -> Tree.map(n, "metadata", "labels").keySet().stream().noneMatch(EXCLUDED::contains))
                .flatMap(n -> Tree.text(n, "spec", "providerID"))
                .filter(id -> id.startsWith("aws:"))
                .map(id -> id.substring(id.lastIndexOf('/') + 1));
        Optional<String> before = Optional.ofNullable(
                instance.isPresent() ? instances.put(name, instance.get()) : instances.remove(name));
        if (!before.equals(instance)) {
            instanceList = Optional.empty();
        }
    }

    void reconcile() {
        List<String> targets = instanceList.orElseGet(() -> List.copyOf(instances.values()));
        instanceList = Optional.of(targets);
        List<Map<String, Object>> all = List.copyOf(kernel.objects().list("TargetGroupBinding"));
        finalizers.hold(all.stream().filter(b -> !Pods.terminating(b)));
        for (Map<String, Object> binding : all) {
            Optional<TargetGroup> group =
                    Tree.text(binding, "spec", "targetGroupARN").flatMap(groups::find);
            if (Pods.terminating(binding)) {
                group.filter(g -> !Tree.flag(binding, "spec", "multiClusterTargetGroup"))
                        .ifPresent(g -> groups.deregister(
                                g.arn(), g.targets().stream().map(Member::of).toList()));
                finalizers.release(binding);
            } else {
                group.ifPresent(g -> bind(binding, g, targets));
            }
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
        boolean byAddress = group.targetType().equals("ip");
        List<Member> pods = byAddress ? pods(service.get(), port.get()) : List.of();
        Seen now = new Seen(binding, port.get(), group.targets(), byAddress ? pods : instances);
        if (now.sameAs(settled.get(Pods.key(binding).nameInKind()))) {
            return;
        }
        Set<Member> wanted = new LinkedHashSet<>(byAddress ? pods : nodes(port.get(), instances));
        Set<Member> there = group.targets().stream()
                .filter(t -> !draining(t))
                .map(Member::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<Member> missing = wanted.stream().filter(m -> !there.contains(m)).toList();
        List<Member> surplus = there.stream().filter(m -> !wanted.contains(m)).toList();
        if (missing.isEmpty() && surplus.isEmpty()) {
            settled.put(Pods.key(binding).nameInKind(), now);
        }
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

    /** Whether two states of a group have the same members in it and draining from it, however healthy. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean sameMembers(List<Target> one, List<Target> other) {
        if (one == other || one.size() != other.size()) {
            return one == other;
        }
        for (int i = 0; i < one.size(); i++) {
            Target a = one.get(i);
            Target b = other.get(i);
            if (a != b && (!Member.of(a).is(b) || draining(a) != draining(b))) {
                return false;
            }
        }
        return true;
    }

    private static boolean draining(Target target) {
        return target.health().equals("draining");
    }
}
