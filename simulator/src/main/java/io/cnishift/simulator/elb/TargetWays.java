package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.net.AsItStands;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Ends;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.Flow;
import io.cnishift.simulator.net.Network;
import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Services;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ways from a load balancer through a target to those who answer in the end: one for an ip target, for an instance target
 * one for each endpoint that its node port may lead to. They are walked again only when something on them has changed.
 */
final class TargetWays {

    private final Ends ends;
    private final Faces faces;
    private final Network network;
    private final Services services;
    private final ObjectIndex servicesByNodePort;
    private final AsItStands<String, End> balancers;
    private final Map<String, End> standing = new HashMap<>();
    private final WalkedWays walked;
    private Optional<TargetWays> beside = Optional.empty();

    private TargetWays(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        ends = Ends.of(kernel);
        faces = Faces.of(kernel);
        network = Network.of(kernel);
        services = Services.of(kernel);
        servicesByNodePort = kernel.objects().index("Service", TargetWays::nodePorts);
        balancers = new AsItStands<>(
                kernel,
                key -> end(
                        cloud,
                        cloud.view()
                                .get(Part.LOAD_BALANCERS, LoadBalancer.class, key)
                                .orElseThrow()));
        walked = new WalkedWays(kernel);
    }

    static TargetWays of(Kernel kernel) {
        return kernel.shared(TargetWays.class, TargetWays::new);
    }

    /** From now on targets that are of that other cluster are looked for there. */
    void beside(TargetWays other) {
        beside = Optional.of(other);
    }

    /**
     * What becomes of requests that go to one target.
     *
     * @param open whether some way is open, as a health check finds it
     * @param lost why others are not
     */
    record Outcome(boolean open, List<String> lost) {
        static Outcome of(List<Passage> ways) {
            boolean open = false;
            Set<String> lost = new LinkedHashSet<>();
            for (Passage way : ways) {
                open |= way.open();
                if (!way.open()) {
                    lost.add(way.evidence());
                }
            }
            return new Outcome(open, List.copyOf(lost));
        }
    }

    /** The end at which a load balancer stands in the VPC. */
    End end(LoadBalancer balancer) {
        End now = balancers.of(balancer.key());
        End before = standing.get(balancer.key());
        if (before != null && before.equals(now)) {
            // the same object as long as nothing changed, since it is compared with for every target
            return before;
        }
        standing.put(balancer.key(), now);
        return now;
    }

    /** A number that changes when the outcome for a target of that group may have changed. */
    long version(String group) {
        return walked.version(group) + beside.map(b -> b.version(group)).orElse(0L);
    }

    /** The targets of a group whose outcome may have changed since this was last asked. */
    Set<Member> takeForgotten(String group) {
        Set<Member> own = walked.takeForgotten(group);
        Set<Member> others = beside.map(b -> b.takeForgotten(group)).orElse(Set.of());
        if (others.isEmpty()) {
            return own;
        }
        Set<Member> all = new LinkedHashSet<>(own);
        all.addAll(others);
        return all;
    }

    /** What becomes of requests to a target. */
    Outcome through(End balancer, TargetGroup group, Target target) {
        return beside.filter(b -> !has(group, target) && b.has(group, target))
                .orElse(this)
                .walk(balancer, group, target);
    }

    private boolean has(TargetGroup group, Target target) {
        return group.targetType().equals("ip")
                ? ends.podAt(target.id()).isPresent()
                : ends.nodeOf(target.id()).isPresent();
    }

    private Outcome walk(End balancer, TargetGroup group, Target target) {
        return walked.of(
                group.arn(),
                balancer,
                target,
                to -> Outcome.of(
                        group.targetType().equals("ip")
                                ? List.of(toAddress(balancer, target, to))
                                : throughNode(balancer, target, to).toList()));
    }

    private Passage toAddress(End balancer, Target target, WalkedWays.Met met) {
        met.address(target.id());
        Optional<End> pod = ends.podAt(target.id()).flatMap(ends::pod);
        pod.flatMap(End::node).ifPresent(met::node);
        return pod.map(p -> network.carry(Flow.direct(balancer, p, Protocol.TCP, target.port(), 0)))
                .orElseGet(() -> Passage.broken(balancer + " -> " + target.id() + ": nobody has that address"));
    }

    private Stream<Passage> throughNode(End balancer, Target target, WalkedWays.Met met) {
        Optional<String> node = ends.nodeOf(target.id());
        node.ifPresentOrElse(met::node, met::newNode);
        Optional<End> host = node.flatMap(faces::host);
        if (host.isEmpty()) {
            return Stream.of(
                    Passage.broken(balancer + " -> " + target.id() + ": the instance is no node of the cluster"));
        }
        Passage first = network.carry(Flow.direct(balancer, host.get(), Protocol.TCP, target.port(), 0));
        if (!first.open()) {
            return Stream.of(first);
        }
        Optional<Map<String, Object>> service =
                servicesByNodePort.of(String.valueOf(target.port())).stream().findFirst();
        if (service.isEmpty()) {
            met.newService();
            return Stream.of(Passage.broken(host.get() + ": nothing listens on port " + target.port()));
        }
        return fromNode(host.get(), service.get(), target.port(), met);
    }

    private Stream<Passage> fromNode(End host, Map<String, Object> service, int nodePort, WalkedWays.Met met) {
        String key = Tree.text(service, "metadata", "namespace").orElse("") + "/"
                + Tree.text(service, "metadata", "name").orElse("");
        met.service(key);
        int port = Tree.maps(service, "spec", "ports").stream()
                .filter(p -> Tree.number(p, 0, "nodePort") == nodePort)
                .mapToInt(p -> (int) Tree.number(p, 0, "port"))
                .findFirst()
                .orElse(0);
        boolean local = Tree.text(service, "spec", "externalTrafficPolicy")
                .filter("Local"::equals)
                .isPresent();
        List<Services.Endpoint> endpoints = services.ready(key, port, Protocol.TCP);
        met.endpoints(key, endpoints);
        String node = host.node().orElse("");
        List<Legs.ToEndpoint> used = walked.legs().to(key, endpoints);
        if (local) {
            used = used.stream()
                    .filter(to -> to.endpoint().node().equals(host.node()))
                    .toList();
        }
        return used.isEmpty()
                ? Stream.of(
                        Passage.broken(host + ": Service " + key + " has no ready endpoint" + (local ? " there" : "")))
                : used.stream()
                        .map(to -> to.from(node, () -> services.reach(host, key, to.endpoint(), Protocol.TCP, 0)));
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

    private static List<String> nodePorts(Map<String, Object> service) {
        return Tree.maps(service, "spec", "ports").stream()
                .map(p -> Tree.number(p, 0, "nodePort"))
                .filter(p -> p > 0)
                .map(String::valueOf)
                .toList();
    }
}
