package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a way between two nodes depends on, so that a way which was walked once need not be walked again before one of its
 * two nodes, or what holds everywhere, has changed.
 */
public final class Faces {

    private final Cloud cloud;
    private final Dataplane dataplane;
    private final AsItStands<String, Face> faces;
    private final Map<String, Face> last = new HashMap<>();
    private Everywhere everywhere = new Everywhere(-1, -1, OptionalInt.empty());

    private Faces(Kernel kernel) {
        cloud = Cloud.of(kernel);
        dataplane = Dataplane.of(kernel);
        Ends ends = Ends.of(kernel);
        faces = new AsItStands<>(
                kernel, node -> same(node, new Face(ends.host(node), kernel.powered(node), dataplane.changes(node))));
    }

    /** The faces of that world. */
    public static Faces of(Kernel kernel) {
        return kernel.shared(Faces.class, Faces::new);
    }

    /**
     * A node as the network sees it; the same object as long as nothing of it changes.
     *
     * @param changes of its data plane so far
     */
    public record Face(Optional<End> host, boolean powered, long changes) {}

    /** What holds for all nodes; the same object as long as nothing of it changes. */
    public record Everywhere(long securityGroups, long routeTables, OptionalInt tunnelPort) {}

    /** The node as it is. */
    public Face of(String node) {
        return faces.of(node);
    }

    /** What holds for all nodes now. */
    public Everywhere everywhere() {
        Everywhere now = new Everywhere(
                cloud.version(Part.SECURITY_GROUPS), cloud.version(Part.ROUTE_TABLES), dataplane.tunnelPort());
        if (!now.equals(everywhere)) {
            everywhere = now;
        }
        return everywhere;
    }

    private Face same(String node, Face now) {
        Face before = last.get(node);
        if (now.equals(before)) {
            return before;
        }
        last.put(node, now);
        return now;
    }
}
