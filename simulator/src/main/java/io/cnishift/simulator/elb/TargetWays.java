package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Ends;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.Flow;
import io.cnishift.simulator.net.Network;
import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Services;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways from a load balancer through a target to those who answer in the end: one for an ip target, for an instance target
 * one for each endpoint that its node port may lead to. {@link WalkedWays} keeps what becomes of them; here they are
 * walked one by one, for who wants to know why.
 */
final class TargetWays {

    private final Cloud cloud;
    private final Ends ends;
    private final Faces faces;
    private final Network network;
    private final Services services;
    private final ObjectIndex servicesByNodePort;
    private final Map<String, Standing> standing = new HashMap<>();
    private final Map<String, Map<String, GroupWays>> known = new HashMap<>();
    private final WalkedWays walked;
    private Optional<TargetWays> beside = Optional.empty();

    private TargetWays(Kernel kernel) {
        cloud = Cloud.of(kernel);
        ends = Ends.of(kernel);
        faces = Faces.of(kernel);
        network = Network.of(kernel);
        services = Services.of(kernel);
        servicesByNodePort = kernel.objects().index("Service", NodePorts::numbers);
        walked = new WalkedWays(kernel);
        cloud.listen(change -> {
            if (change.now().isEmpty()) {
                switch (change.part()) {
                    case TARGET_GROUPS -> close(known.remove(change.key()));
                    case LOAD_BALANCERS ->
                        known.values()
                                .forEach(of -> Optional.ofNullable(of.remove(change.key()))
                                        .ifPresent(GroupWays::close));
                    default -> {
                        // no end of a way
                    }
                }
            }
        });
    }

    static TargetWays of(Kernel kernel) {
        return kernel.shared(TargetWays.class, TargetWays::new);
    }

    /** From now on targets that are of that other cluster are looked for there. */
    void beside(TargetWays other) {
        beside = Optional.of(other);
    }

    /** A load balancer as it was and the end that it made, as long as no interface changed. */
    private record Standing(LoadBalancer balancer, long interfaces, End end) {}

    /** The end at which a load balancer stands in the VPC. */
    @SuppressWarnings("ReferenceEquality")
    private End end(LoadBalancer balancer) {
        Standing before = standing.get(balancer.key());
        long interfaces = cloud.version(Part.NETWORK_INTERFACES);
        if (before != null && before.balancer() == balancer && before.interfaces() == interfaces) {
            return before.end();
        }
        Standing now = new Standing(balancer, interfaces, end(cloud, balancer));
        standing.put(balancer.key(), now);
        return now.end();
    }

    /** The ways from a load balancer to the targets of a group, as they are now. */
    GroupWays to(LoadBalancer balancer, TargetGroup group) {
        GroupWays ways = known.computeIfAbsent(group.arn(), g -> new HashMap<>())
                .computeIfAbsent(
                        balancer.key(),
                        b -> new GroupWays(
                                walked,
                                beside.map(other -> other.walked),
                                end(balancer),
                                group.targetType().equals("ip")));
        ways.now(end(balancer), group);
        walked.look();
        beside.ifPresent(other -> other.walked.look());
        walked.walk();
        beside.ifPresent(other -> other.walked.walk());
        return ways;
    }

    private static void close(@Nullable Map<String, GroupWays> ways) {
        if (ways != null) {
            ways.values().forEach(GroupWays::close);
        }
    }

    /** Each of the ways through a target. */
    List<Passage> through(LoadBalancer balancer, TargetGroup group, Target target) {
        return beside.filter(b -> !has(group, target) && b.has(group, target))
                .orElse(this)
                .walk(end(balancer), group, target);
    }

    private boolean has(TargetGroup group, Target target) {
        return group.targetType().equals("ip")
                ? ends.podAt(target.id()).isPresent()
                : ends.nodeOf(target.id()).isPresent();
    }

    private List<Passage> walk(End balancer, TargetGroup group, Target target) {
        return group.targetType().equals("ip") ? List.of(toAddress(balancer, target)) : throughNode(balancer, target);
    }

    private Passage toAddress(End balancer, Target target) {
        return ends.podAt(target.id())
                .flatMap(ends::pod)
                .map(p -> network.carry(Flow.direct(balancer, p, Protocol.TCP, target.port(), 0)))
                .orElseGet(() -> Passage.broken(balancer + " -> " + target.id() + ": nobody has that address"));
    }

    private List<Passage> throughNode(End balancer, Target target) {
        Optional<End> host = ends.nodeOf(target.id()).flatMap(faces::host);
        if (host.isEmpty()) {
            return List.of(
                    Passage.broken(balancer + " -> " + target.id() + ": the instance is no node of the cluster"));
        }
        Passage first = network.carry(Flow.direct(balancer, host.get(), Protocol.TCP, target.port(), 0));
        if (!first.open()) {
            return List.of(first);
        }
        return servicesByNodePort.of(String.valueOf(target.port())).stream()
                .findFirst()
                .map(service -> fromNode(host.get(), service, target.port()))
                .orElseGet(() -> List.of(Passage.broken(host.get() + ": nothing listens on port " + target.port())));
    }

    private List<Passage> fromNode(End host, Map<String, Object> service, int nodePort) {
        String key = Pods.key(service).nameInKind();
        boolean local = NodePorts.local(service);
        List<Passage> ways = services.ready(key, NodePorts.port(service, nodePort), Protocol.TCP).stream()
                .filter(to -> !local || to.node().equals(host.node()))
                .map(to -> services.reach(host, key, to, Protocol.TCP, 0))
                .toList();
        return ways.isEmpty()
                ? List.of(
                        Passage.broken(host + ": Service " + key + " has no ready endpoint" + (local ? " there" : "")))
                : ways;
    }

    private static End end(Cloud cloud, LoadBalancer balancer) {
        Optional<NetworkInterface> face = cloud.interfacesOfServices().stream()
                .filter(i ->
                        i.description().startsWith("ELB ") && i.description().contains("/" + balancer.name() + "/"))
                .findFirst();
        return End.away(
                End.Kind.LOAD_BALANCER,
                "load balancer " + balancer.name(),
                face.map(i -> i.addresses().get(0)).orElse(""),
                balancer.securityGroups());
    }
}
