package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where Services lead. */
public final class Services {

    private final Kernel kernel;
    private final Ends ends;
    private final ObjectIndex slices;
    private final AsItStands<Port, List<Endpoint>> ready;

    private Services(Kernel kernel) {
        this.kernel = kernel;
        ends = Ends.of(kernel);
        slices = kernel.objects()
                .index(
                        "EndpointSlice",
                        s -> Optional.ofNullable(
                                        Tree.strings(s, "metadata", "labels").get("kubernetes.io/service-name"))
                                .map(n -> List.of(
                                        Tree.text(s, "metadata", "namespace").orElse("") + "/" + n))
                                .orElse(List.of()));
        ready = new AsItStands<>(kernel, p -> List.copyOf(find(p.service(), p.port(), p.protocol())));
    }

    private record Port(String service, int port, Protocol protocol) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Port p && port == p.port && protocol == p.protocol && service.equals(p.service);
        }

        @Override
        public int hashCode() {
            return 31 * service.hashCode() + port;
        }
    }

    /** The Services of that world. */
    public static Services of(Kernel kernel) {
        return kernel.shared(Services.class, Services::new);
    }

    /**
     * A ready endpoint of a Service port.
     *
     * @param end who answers, empty when nobody has that address
     * @param pod namespace and name, when it is one
     * @param since when it came
     */
    public record Endpoint(
            Optional<End> end, String address, int port, Optional<String> node, Optional<String> pod, Instant since) {
        public Endpoint {
            Objects.requireNonNull(address, "address");
        }

        /** By hand, as every leg to it asks whether it is what it was. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other == this
                    || (other instanceof Endpoint e
                            && port == e.port
                            && address.equals(e.address)
                            && pod.equals(e.pod)
                            && node.equals(e.node)
                            && end.equals(e.end)
                            && since.equals(e.since));
        }

        @Override
        public int hashCode() {
            return 31 * address.hashCode() + port;
        }
    }

    /** The ready endpoints of a Service, {@code namespace/name}, for a port of it; port 0 means its first one. */
    public List<Endpoint> ready(String service, int port, Protocol protocol) {
        return ready.of(new Port(service, port, protocol));
    }

    private List<Endpoint> find(String service, int port, Protocol protocol) {
        List<Endpoint> ready = new ArrayList<>();
        Optional<Map<String, Object>> tree = service(service);
        String name = tree.map(s -> portName(s, port, protocol)).orElse("");
        for (Map<String, Object> slice : List.copyOf(slices.of(service))) {
            for (Map<String, Object> one : Tree.maps(slice, "ports")) {
                if (Tree.text(one, "name").orElse("").equals(name)) {
                    collect(slice, (int) Tree.number(one, 0, "port"), tree, ready);
                }
            }
        }
        return ready;
    }

    /** A Service, {@code namespace/name}. */
    public Optional<Map<String, Object>> service(String key) {
        int slash = key.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : kernel.objects().get("Service", key.substring(0, slash), key.substring(slash + 1));
    }

    /** The way from an end to a Service: it is open when every ready endpoint answers. */
    public Passage reach(End from, String service, int port, Protocol protocol, int bytes) {
        if (service(service).isEmpty()) {
            return Passage.broken("there is no Service " + service);
        }
        List<Passage> ways = ready(service, port, protocol).stream()
                .map(e -> reach(from, service, e, protocol, bytes))
                .toList();
        return Passage.all("Service " + service, ways);
    }

    /** The way from an end to one endpoint of a Service. */
    public Passage reach(End from, String service, Endpoint endpoint, Protocol protocol, int bytes) {
        Optional<Flow.Via> via = from.node().map(n -> new Flow.Via(service, endpoint.since()));
        return endpoint.end()
                .map(e -> Network.of(kernel).carry(new Flow(from, e, protocol, endpoint.port(), bytes, via)))
                .orElseGet(() -> Passage.broken(from + " -> " + endpoint.address() + ": nobody has that address"));
    }

    private void collect(
            Map<String, Object> slice, int port, Optional<Map<String, Object>> service, List<Endpoint> ready) {
        for (Map<String, Object> endpoint : Tree.maps(slice, "endpoints")) {
            if (!Tree.flag(endpoint, "conditions", "ready")) {
                continue;
            }
            String address =
                    Tree.texts(endpoint, "addresses").stream().findFirst().orElse("");
            Optional<Map<String, Object>> pod = Tree.text(endpoint, "targetRef", "name")
                    .flatMap(n -> kernel.objects()
                            .get(
                                    "Pod",
                                    Tree.text(slice, "metadata", "namespace").orElse(""),
                                    n));
            Optional<End> end = pod.isPresent() ? pod.flatMap(ends::pod) : outside(address);
            ready.add(new Endpoint(
                    end,
                    address,
                    port,
                    Tree.text(endpoint, "nodeName"),
                    pod.map(p -> ObjectKey.of(p).nameInKind()),
                    since(pod, service)));
        }
    }

    /** An endpoint that is no pod: an API server, or something else in the VPC. */
    private Optional<End> outside(String address) {
        End controlPlane = ends.controlPlane();
        return Optional.of(End.away(
                End.Kind.CONTROL_PLANE, controlPlane.name() + " " + address, address, controlPlane.securityGroups()));
    }

    private static Instant since(Optional<Map<String, Object>> pod, Optional<Map<String, Object>> service) {
        Instant begun = service.flatMap(s -> Tree.time(s, "metadata", "creationTimestamp"))
                .orElse(Instant.EPOCH);
        return pod.flatMap(p -> Tree.time(p, "metadata", "creationTimestamp"))
                .filter(p -> p.isAfter(begun))
                .orElse(begun);
    }

    private static String portName(Map<String, Object> service, int port, Protocol protocol) {
        String transport = protocol == Protocol.UDP ? "UDP" : "TCP";
        List<Map<String, Object>> ports = Tree.maps(service, "spec", "ports");
        return ports.stream()
                .filter(p -> port == 0 || Tree.number(p, 0, "port") == port)
                .filter(p -> port == 0
                        || Tree.text(p, "protocol")
                                .orElse("TCP")
                                .toUpperCase(Locale.ROOT)
                                .equals(transport))
                .findFirst()
                .flatMap(p -> Tree.text(p, "name"))
                .orElse("");
    }
}
