package io.cnishift.simulator.elb;

import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Ends;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.Network;
import io.cnishift.simulator.net.NodeKinds;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks ways through a cluster, and again when something has changed on them: the node or the pod that is the target, the Service that its
 * node port leads to, an endpoint of that as far as it makes a difference. Hundreds of targets are looked at after every
 * change of anything, and nearly all of it is as it was.
 */
final class WalkedWays {

    /** What makes a pod another end of a way. */
    private static final Set<PodTurn> AS_END =
            EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.BOUND, PodTurn.ADDRESSED, PodTurn.PHASE);

    private final Ends ends;
    private final Faces faces;
    private final Network network;
    private final NodeKinds kinds;
    private final NodePorts ports;
    private final Map<String, Set<Way>> byNode = new HashMap<>();
    private final Map<String, Set<Way>> byAddress = new HashMap<>();
    private final Map<Integer, Set<Way>> byPort = new HashMap<>();
    /** To instances that are no nodes. */
    private final Set<Way> astray = new HashSet<>();

    private final Set<Way> again = new LinkedHashSet<>();

    WalkedWays(Kernel kernel) {
        ends = Ends.of(kernel);
        faces = Faces.of(kernel);
        network = Network.of(kernel);
        kinds = NodeKinds.of(kernel);
        ports = new NodePorts(kernel, this::portChanged);
        faces.listen(this::nodeChanged, this::everythingChanged);
        kernel.objects().listen("Node", (before, after) -> {
            if (before.isEmpty()) {
                again.addAll(astray);
                astray.clear();
            }
        });
        PodTurn.listen(kernel.objects(), AS_END, (before, after) -> {
            before.ifPresent(this::podChanged);
            after.ifPresent(this::podChanged);
        });
    }

    /** Has a way walked when ways are next asked for. */
    void add(Way way) {
        again.add(way);
    }

    /** Takes notice of what has changed. */
    void look() {
        ports.update(this::portsOfNodeChanged, this::portChanged);
    }

    /** Walks what is to be walked again. */
    void walk() {
        if (again.isEmpty()) {
            return;
        }
        List<Way> ways = List.copyOf(again);
        again.clear();
        for (Way way : ways) {
            if (!way.gone()) {
                way.of().walk(way);
            }
        }
    }

    /** Whether the target is of this cluster; when that changes, the way is walked again. */
    boolean has(Way way) {
        String id = way.target().id();
        if (way.of().byAddress()) {
            note(byAddress, id, way);
            return ends.podAt(id).isPresent();
        }
        boolean node = ends.nodeOf(id).isPresent();
        if (!node) {
            astray.add(way);
        }
        return node;
    }

    /** What becomes of requests to the target of a way. */
    Served walked(Way way) {
        return way.of().byAddress() ? toAddress(way) : throughNode(way);
    }

    private Served toAddress(Way way) {
        Optional<End> pod = ends.podAt(way.target().id()).flatMap(ends::pod);
        Optional<String> node = pod.flatMap(End::node);
        if (node.isPresent()) {
            faces.watch(node.get());
            note(byNode, node.get(), way);
        }
        return pod.isPresent()
                        && way.of().reaches(network, pod.get(), way.target().port())
                ? Served.ALL
                : Served.NONE;
    }

    private Served throughNode(Way way) {
        Optional<String> node = ends.nodeOf(way.target().id());
        if (node.isEmpty()) {
            return Served.NONE;
        }
        int port = way.target().port();
        faces.watch(node.get());
        note(byNode, node.get(), way);
        note(byPort, port, way);
        Optional<End> host = faces.host(node.get());
        return host.isPresent() && way.of().reaches(network, kinds.of(node.get(), host.get()), host.get(), port)
                ? ports.from(node.get(), host.get(), port)
                : Served.NONE;
    }

    private static <K> void note(Map<K, Set<Way>> by, K key, Way way) {
        by.computeIfAbsent(key, k -> new HashSet<>()).add(way);
    }

    private void nodeChanged(String node) {
        ports.nodeChanged(node);
        take(byNode.remove(node));
    }

    private void portsOfNodeChanged(String node) {
        take(byNode.get(node));
    }

    private void portChanged(int port) {
        Set<Way> ways = byPort.get(port);
        if (ways != null) {
            ways.removeIf(Way::gone);
            again.addAll(ways);
        }
    }

    private void podChanged(Map<String, Object> pod) {
        Pods.address(pod).ifPresent(ip -> take(byAddress.remove(ip)));
        ports.podChanged(Pods.key(pod).nameInKind());
    }

    private void everythingChanged() {
        ports.forgetAll();
        byNode.values().forEach(again::addAll);
        byAddress.values().forEach(again::addAll);
        byNode.clear();
        byAddress.clear();
    }

    private void take(@Nullable Set<Way> ways) {
        if (ways != null) {
            again.addAll(ways);
        }
    }
}
