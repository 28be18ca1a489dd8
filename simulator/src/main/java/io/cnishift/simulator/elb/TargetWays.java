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
import io.cnishift.simulator.net.AsItStands;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Ends;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.Flow;
import io.cnishift.simulator.net.Network;
import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Services;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ways from a load balancer through a target to those who answer in the end: one for an ip target, for an instance target
 * one for each endpoint that its node port may lead to.
 */
final class TargetWays {

    private final Cloud cloud;
    private final Ends ends;
    private final Faces faces;
    private final Network network;
    private final Services services;
    private final ObjectIndex servicesByNodePort;
    private final NodePortWays nodePortWays;
    private final AsItStands<LoadBalancer, End> balancers;

    private TargetWays(Kernel kernel) {
        cloud = Cloud.of(kernel);
        ends = Ends.of(kernel);
        faces = Faces.of(kernel);
        network = Network.of(kernel);
        services = Services.of(kernel);
        servicesByNodePort = kernel.objects().index("Service", TargetWays::nodePorts);
        nodePortWays = new NodePortWays(kernel);
        balancers = new AsItStands<>(kernel, this::find);
    }

    static TargetWays of(Kernel kernel) {
        return kernel.shared(TargetWays.class, TargetWays::new);
    }

    /** The end at which a load balancer stands in the VPC. */
    End end(LoadBalancer balancer) {
        return balancers.of(balancer);
    }

    private End find(LoadBalancer balancer) {
        Optional<NetworkInterface> face = cloud.view().all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i ->
                        i.description().startsWith("ELB ") && i.description().contains("/" + balancer.name() + "/"))
                .findFirst();
        return End.away(
                End.Kind.LOAD_BALANCER,
                "load balancer " + balancer.name(),
                face.map(i -> i.addresses().get(0)).orElse(""),
                balancer.securityGroups());
    }

    /** The ways through a target; never none. */
    Stream<Passage> through(End balancer, TargetGroup group, Target target) {
        return group.targetType().equals("ip") ? Stream.of(toAddress(balancer, target)) : throughNode(balancer, target);
    }

    /** Whether a health check of the target can succeed: some way through it is open. */
    boolean answers(End balancer, TargetGroup group, Target target) {
        return through(balancer, group, target).anyMatch(Passage::open);
    }

    private Passage toAddress(End balancer, Target target) {
        return ends.podAt(target.id())
                .flatMap(ends::pod)
                .map(pod -> network.carry(Flow.direct(balancer, pod, Protocol.TCP, target.port(), 0)))
                .orElseGet(() -> Passage.broken(balancer + " -> " + target.id() + ": nobody has that address"));
    }

    private Stream<Passage> throughNode(End balancer, Target target) {
        Optional<End> host =
                ends.nodeOf(target.id()).flatMap(node -> faces.of(node).host());
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
            return Stream.of(Passage.broken(host.get() + ": nothing listens on port " + target.port()));
        }
        return fromNode(host.get(), service.get(), target.port());
    }

    private Stream<Passage> fromNode(End host, Map<String, Object> service, int nodePort) {
        String key = Tree.text(service, "metadata", "namespace").orElse("") + "/"
                + Tree.text(service, "metadata", "name").orElse("");
        int port = Tree.maps(service, "spec", "ports").stream()
                .filter(p -> Tree.number(p, 0, "nodePort") == nodePort)
                .mapToInt(p -> (int) Tree.number(p, 0, "port"))
                .findFirst()
                .orElse(0);
        boolean local = Tree.text(service, "spec", "externalTrafficPolicy")
                .filter("Local"::equals)
                .isPresent();
        List<Services.Endpoint> endpoints = services.ready(key, port, Protocol.TCP).stream()
                .filter(e -> !local || e.node().equals(host.node()))
                .toList();
        return endpoints.isEmpty()
                ? Stream.of(
                        Passage.broken(host + ": Service " + key + " has no ready endpoint" + (local ? " there" : "")))
                : endpoints.stream().map(e -> nodePortWays.passage(host, key, e));
    }

    private static List<String> nodePorts(Map<String, Object> service) {
        return Tree.maps(service, "spec", "ports").stream()
                .map(p -> Tree.number(p, 0, "nodePort"))
                .filter(p -> p > 0)
                .map(String::valueOf)
                .toList();
    }
}
