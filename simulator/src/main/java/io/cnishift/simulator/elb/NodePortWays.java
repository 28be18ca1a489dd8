package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.Faces.Everywhere;
import io.cnishift.simulator.net.Faces.Face;
import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Services;
import io.cnishift.simulator.net.Services.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ways from nodes to the endpoints of Services, each walked again only when an end of it has changed. */
final class NodePortWays {

    private final Services services;
    private final Faces faces;
    private final Map<String, Map<Way, Walked>> byNode = new HashMap<>();

    NodePortWays(Kernel kernel) {
        services = Services.of(kernel);
        faces = Faces.of(kernel);
        kernel.objects().listen("Node", (before, after) -> {
            if (after.isEmpty()) {
                before.flatMap(n -> Tree.text(n, "metadata", "name")).ifPresent(byNode::remove);
            }
        });
    }

    private record Way(String service, String address, int port) {}

    /** A way as it was found, with all that it depended on. */
    private record Walked(Face from, Optional<Face> to, Everywhere everywhere, Endpoint endpoint, Passage passage) {
        boolean still(Face from, Optional<Face> to, Everywhere everywhere, Endpoint endpoint) {
            return this.from == from
                    && this.everywhere == everywhere
                    && this.to.equals(to)
                    && this.endpoint.equals(endpoint);
        }
    }

    /** The way from a node to one endpoint of a Service. */
    Passage passage(End host, String service, Endpoint endpoint) {
        String node = host.node().orElse("");
        Map<Way, Walked> known = byNode.computeIfAbsent(node, n -> new HashMap<>());
        Way way = new Way(service, endpoint.address(), endpoint.port());
        Face from = faces.of(node);
        Optional<Face> to = endpoint.end().flatMap(End::node).map(faces::of);
        Everywhere everywhere = faces.everywhere();
        Walked walked = known.get(way);
        if (walked == null || !walked.still(from, to, everywhere, endpoint)) {
            walked = new Walked(
                    from, to, everywhere, endpoint, services.reach(host, service, endpoint, Protocol.TCP, 0));
            known.put(way, walked);
        }
        return walked.passage();
    }
}
