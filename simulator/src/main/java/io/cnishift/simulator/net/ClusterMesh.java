package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An address, or the name of a load balancer, is looked for in this cluster and then in one beside it. To addresses of the VPC packets go
 * by the VPC, and need security groups that admit them. Overlay addresses of another cluster are known to agents that have
 * learnt them from that cluster's API server of the mesh ({@link MeshLink}), in both directions, for answers go the same way; between the
 * nodes of both they travel in the tunnel of each. Agents that learn nothing are ready all the same, and say nothing of it.
 */
public final class ClusterMesh implements Behaviour {

    /** Key of the Service by which agents of other clusters ask. */
    public static final String API_SERVER = MeshLink.NAMESPACE + "/" + MeshLink.SERVER;

    @Override
    public String id() {
        return "cluster-mesh";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/clustermesh/setup.rst, intro.rst; operations/system_requirements.rst; domain.md 4.5, 8.4";
    }

    @Override
    public void install(Kernel kernel) {
        Beside beside = kernel.shared(Beside.class, k -> new Beside());
        known(kernel);
        Reach.Destinations.of(kernel).on(To.ADDRESS, (from, question) -> answer(kernel, beside, from, question));
    }

    /** From now on addresses of either are looked for in the other too. */
    static void share(Kernel first, Kernel second) {
        first.shared(Beside.class, k -> new Beside()).other = Optional.of(second);
        second.shared(Beside.class, k -> new Beside()).other = Optional.of(first);
    }

    /** Of an authority that was there when the cluster was read only the name was read; it is another one in each. */
    private static void known(Kernel kernel) {
        kernel.objects()
                .get("Secret", MeshLink.NAMESPACE, MeshLink.AUTHORITY)
                .filter(s -> !s.containsKey("data"))
                .ifPresent(s -> kernel.objects()
                        .update(
                                "Secret",
                                MeshLink.NAMESPACE,
                                MeshLink.AUTHORITY,
                                "helm",
                                secret -> Trees.with(
                                        secret,
                                        "authority of "
                                                + kernel.snapshot().cluster().arn(),
                                        "data",
                                        "ca.crt")));
    }

    private static Passage answer(Kernel kernel, Beside beside, End from, Question question) {
        String address = question.to().name();
        Ends own = Ends.of(kernel);
        Optional<End> here = own.podAt(address).flatMap(own::pod);
        if (here.isPresent()) {
            return Network.of(kernel).carry(flow(from, here.get(), question));
        }
        Optional<End> there =
                beside.other.map(Ends::of).flatMap(ends -> ends.podAt(address).flatMap(ends::pod));
        if (there.isPresent()) {
            return across(kernel, beside.other.orElseThrow(), flow(from, there.get(), question));
        }
        return Stream.concat(Stream.of(kernel), beside.other.stream())
                .flatMap(of -> balanced(of, address, question.port()).stream())
                .findFirst()
                .map(answer -> new Passage(answer.verdict(), from + " -> " + answer.evidence()))
                .orElseGet(() -> Passage.broken("nobody has the address " + address));
    }

    /** What a client of the load balancer of that name gets, where the cluster has one. */
    private static Optional<Answer> balanced(Kernel kernel, String name, int port) {
        return kernel.objects().list("Service").stream()
                .filter(s -> Tree.maps(s, "status", "loadBalancer", "ingress").stream()
                        .anyMatch(i -> name.equals(i.get("hostname"))))
                .findFirst()
                .map(s -> kernel.reach(Question.of(
                        From.CLIENT,
                        "",
                        To.URL,
                        "service " + Tree.text(s, "metadata", "namespace").orElse("") + "/"
                                + Tree.text(s, "metadata", "name").orElse(""),
                        Protocol.TCP,
                        port)));
    }

    private static Passage across(Kernel kernel, Kernel other, Flow flow) {
        String way = flow.from() + " -> " + flow.to() + " of cluster "
                + other.snapshot().cluster().name();
        Optional<String> why = flow.to().overlay() ? tunnelled(kernel, other, flow) : routed(kernel, other, flow);
        return why.map(reason -> Passage.broken(way + ": " + reason))
                .orElseGet(() -> Passage.through(
                        way + (flow.to().overlay() ? " through the tunnel of the mesh" : " through the VPC")));
    }

    /** Each cluster knows the rules of its own security groups. */
    private static Optional<String> routed(Kernel kernel, Kernel other, Flow flow) {
        SecurityGroupRules here = new SecurityGroupRules(Cloud.of(kernel));
        SecurityGroupRules there = new SecurityGroupRules(Cloud.of(other));
        return here.holds(flow.from(), flow.to(), flow.transport(), flow.port())
                .or(() -> there.refuses(flow.from(), flow.to(), flow.transport(), flow.port()));
    }

    private static Optional<String> tunnelled(Kernel kernel, Kernel other, Flow flow) {
        Optional<String> agent = flow.from()
                .node()
                .flatMap(node -> Dataplane.of(kernel).agentConfig(node))
                .map(config -> config.getOrDefault("routing-mode", "tunnel"));
        if (agent.filter("tunnel"::equals).isEmpty()) {
            return Optional.of("no tunnel leads from its node to " + flow.to().address());
        }
        return new MeshLink(kernel, other)
                .missing()
                .or(() -> new MeshLink(other, kernel).missing())
                .or(() -> port(kernel, other, flow));
    }

    private static Optional<String> port(Kernel kernel, Kernel other, Flow flow) {
        OptionalInt port = Dataplane.of(kernel).tunnelPort();
        OptionalInt theirs = Dataplane.of(other).tunnelPort();
        if (port.isEmpty() || !port.equals(theirs)) {
            return Optional.of("the tunnels of both clusters have different ports");
        }
        Optional<End> sender = flow.from().node().flatMap(Ends.of(kernel)::host);
        Optional<End> receiver = flow.to().node().flatMap(Ends.of(other)::host);
        SecurityGroupRules here = new SecurityGroupRules(Cloud.of(kernel));
        SecurityGroupRules there = new SecurityGroupRules(Cloud.of(other));
        return sender.flatMap(s -> receiver.flatMap(r ->
                        there.stops(s, r, "udp", port.getAsInt()).or(() -> here.stops(r, s, "udp", port.getAsInt()))))
                .map(why -> "tunnel: " + why);
    }

    private static Flow flow(End from, End to, Question question) {
        return Flow.direct(from, to, question.protocol(), question.port(), question.bytes());
    }

    private static final class Beside {
        private Optional<Kernel> other = Optional.empty();
    }
}
