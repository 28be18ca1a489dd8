package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.Ready;
import io.cnishift.simulator.net.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

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

    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, Bound> bound = new HashMap<>();
    /** Whether bindings came, went or changed. */
    private boolean stirred = true;

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
        kernel.objects().listen("TargetGroupBinding", (before, after) -> stirred = true);
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
            before.ifPresent(id -> nodes.remove(id, name));
            instance.ifPresent(id -> nodes.put(id, name));
            for (Bound binding : bound.values()) {
                before.ifPresent(binding::instance);
                instance.ifPresent(binding::instance);
            }
        }
    }

    void reconcile() {
        List<Map<String, Object>> all = List.copyOf(kernel.objects().list("TargetGroupBinding"));
        if (stirred) {
            stirred = false;
            finalizers.hold(all.stream().filter(b -> !Pods.terminating(b)));
        }
        for (Map<String, Object> binding : all) {
            Reference to = Tree.known(binding, Reference.class, Reference::read);
            Optional<TargetGroup> group = groups.find(to.group());
            if (Pods.terminating(binding)) {
                group.filter(g -> !Tree.flag(binding, "spec", "multiClusterTargetGroup"))
                        .ifPresent(g -> groups.deregister(
                                g.arn(), g.targets().stream().map(Member::of).toList()));
                finalizers.release(binding);
            } else {
                group.ifPresent(g -> bind(binding, to, g));
            }
        }
    }

    /** What a binding binds to what. */
    private record Reference(String group, String namespace, String service, String port) {
        private static Reference read(Map<String, Object> binding) {
            return new Reference(
                    Tree.text(binding, "spec", "targetGroupARN").orElse(""),
                    Tree.text(binding, "metadata", "namespace").orElse(""),
                    Tree.text(binding, "spec", "serviceRef", "name").orElse(""),
                    Tree.text(binding, "spec", "serviceRef", "port").orElse(""));
        }
    }

    private void bind(Map<String, Object> binding, Reference to, TargetGroup group) {
        Bound of = bound.computeIfAbsent(Pods.key(binding).nameInKind(), k -> new Bound());
        Optional<Map<String, Object>> service = kernel.objects().get("Service", to.namespace(), to.service());
        Optional<Map<String, Object>> port = service.flatMap(s -> of.port(s, to.port()));
        if (service.isEmpty() || port.isEmpty()) {
            return;
        }
        of.group(group);
        if (group.targetType().equals("ip")) {
            List<Member> pods = pods(service.get(), port.get());
            if (of.isNew(binding, port.get())) {
                of.lookAtAll(pods);
            }
            of.pods(pods);
            bring(binding, group, of, pods::contains, Comparator.comparingInt(pods::indexOf));
        } else {
            int nodePort = (int) Tree.number(port.get(), 0, "nodePort");
            if (of.isNew(binding, port.get())) {
                of.lookAtAll(instances.values().stream()
                        .map(id -> new Member(id, nodePort))
                        .toList());
            }
            of.nodePort(nodePort);
            bring(
                    binding,
                    group,
                    of,
                    m -> nodePort != 0 && m.port() == nodePort && nodes.containsKey(m.id()),
                    Comparator.comparing(m -> nodes.getOrDefault(m.id(), "")));
        }
    }

    private void bring(
            Map<String, Object> binding,
            TargetGroup group,
            Bound of,
            Predicate<Member> wanted,
            Comparator<Member> order) {
        if (of.still()) {
            return;
        }
        List<Member> missing = of.missing(wanted, order);
        List<Member> surplus = of.surplus(wanted);
        of.looked(missing, surplus);
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
}
