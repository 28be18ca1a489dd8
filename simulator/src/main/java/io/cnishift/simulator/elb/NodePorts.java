package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.NodeKinds;
import io.cnishift.simulator.net.Services;
import io.cnishift.simulator.net.Services.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The node ports by which ways lead on. Endpoints of one are looked at again when its EndpointSlices, one of its pods or a node with one of
 * them has changed; all of it is forgotten when its Service changes, or what holds everywhere.
 */
final class NodePorts {

    private final Faces faces;
    private final NodeKinds kinds;
    private final Services services;
    private final ObjectIndex servicesByNodePort;
    private final Map<Integer, Opened> opened = new HashMap<>();
    private final Map<String, Set<Opened>> byService = new HashMap<>();
    private final Map<String, Set<Opened>> byPod = new HashMap<>();
    private final Set<Opened> changed = new LinkedHashSet<>();

    /** @param closed told the node ports that lead elsewhere from now on, or nowhere */
    NodePorts(Kernel kernel, IntConsumer closed) {
        faces = Faces.of(kernel);
        kinds = NodeKinds.of(kernel);
        services = Services.of(kernel);
        servicesByNodePort = kernel.objects().index("Service", NodePorts::numbers);
        kernel.objects().listen("Service", (before, after) -> {
            boolean same = before.isPresent()
                    && after.isPresent()
                    && Tree.map(before.get(), "spec").equals(Tree.map(after.get(), "spec"));
            if (!same) {
                before.ifPresent(s -> close(s, closed));
                after.ifPresent(s -> close(s, closed));
            }
        });
        kernel.objects().listen("EndpointSlice", (before, after) -> {
            Map<String, Object> slice = after.or(() -> before).orElseThrow();
            String service = Tree.strings(slice, "metadata", "labels").get("kubernetes.io/service-name");
            changed.addAll(byService.getOrDefault(Pods.key(slice).namespace() + "/" + service, Set.of()));
        });
    }

    /** A node port that leads to a port of a Service. */
    private static final class Opened {
        private final int number;
        private final String service;
        private final int port;
        private final NodePort ways;

        private Opened(int number, String service, int port, NodePort ways) {
            this.number = number;
            this.service = service;
            this.port = port;
            this.ways = ways;
        }
    }

    /** What becomes of requests to a port of a node that has that network. */
    Served from(String node, End host, int number) {
        Opened known = opened.get(number);
        if (known == null) {
            Optional<Map<String, Object>> service =
                    servicesByNodePort.of(String.valueOf(number)).stream().findFirst();
            if (service.isEmpty()) {
                return Served.NONE;
            }
            known = open(service.get(), number);
        }
        return known.ways.from(node, kinds.of(node, host), host);
    }

    private Opened open(Map<String, Object> service, int number) {
        String key = Pods.key(service).nameInKind();
        NodePort ways = new NodePort(
                local(service),
                faces::host,
                (from, to) -> services.reach(from, key, to, Protocol.TCP, 0).open());
        Opened made = new Opened(number, key, port(service, number), ways);
        opened.put(number, made);
        byService.computeIfAbsent(key, s -> new HashSet<>()).add(made);
        take(made, new HashSet<>());
        return made;
    }

    /** The port of a Service to which one of its node ports leads. */
    static int port(Map<String, Object> service, int number) {
        for (Map<String, Object> port : Tree.maps(service, "spec", "ports")) {
            if (Tree.number(port, 0, "nodePort") == number) {
                return (int) Tree.number(port, 0, "port");
            }
        }
        return 0;
    }

    /** Whether requests to a node are answered there or not at all. */
    static boolean local(Map<String, Object> service) {
        return Tree.text(service, "spec", "externalTrafficPolicy")
                .filter("Local"::equals)
                .isPresent();
    }

    /**
     * Brings all up to date.
     *
     * @param nodes told those at which requests to node ports may be answered otherwise than before
     * @param everywhere told the node ports of which that holds for any node
     */
    void update(Consumer<String> nodes, IntConsumer everywhere) {
        if (changed.isEmpty()) {
            return;
        }
        Set<String> at = new HashSet<>();
        for (Opened one : changed) {
            if (take(one, at)) {
                everywhere.accept(one.number);
            }
        }
        changed.clear();
        at.forEach(nodes);
    }

    private boolean take(Opened one, Set<String> at) {
        List<Endpoint> endpoints = services.ready(one.service, one.port, Protocol.TCP);
        for (Endpoint endpoint : endpoints) {
            endpoint.node().ifPresent(faces::watch);
            endpoint.pod()
                    .ifPresent(
                            p -> byPod.computeIfAbsent(p, x -> new HashSet<>()).add(one));
        }
        return one.ways.take(endpoints, at);
    }

    void nodeChanged(String node) {
        for (Opened one : opened.values()) {
            if (one.ways.nodeChanged(node)) {
                changed.add(one);
            }
        }
    }

    void podChanged(String pod) {
        Set<Opened> of = byPod.remove(pod);
        if (of != null) {
            for (Opened one : of) {
                if (one.ways.podChanged(pod)) {
                    changed.add(one);
                }
            }
        }
    }

    void forgetAll() {
        opened.clear();
        byService.clear();
        byPod.clear();
        changed.clear();
    }

    private void close(Map<String, Object> service, IntConsumer closed) {
        for (String number : numbers(service)) {
            int port = Integer.parseInt(number);
            Opened gone = opened.remove(port);
            if (gone != null) {
                byService.getOrDefault(gone.service, new HashSet<>()).remove(gone);
                byPod.values().forEach(of -> of.remove(gone));
                changed.remove(gone);
            }
            closed.accept(port);
        }
    }

    static List<String> numbers(Map<String, Object> service) {
        return Tree.maps(service, "spec", "ports").stream()
                .map(p -> Tree.number(p, 0, "nodePort"))
                .filter(p -> p > 0)
                .map(String::valueOf)
                .toList();
    }
}
