package io.cnishift.simulator.elb;

import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Services.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The last legs of ways through node ports, from a node to an endpoint of a Service, each kept until one of its ends changes. When
 * an endpoint comes, every node of the cluster has one more leg to it; those to the other endpoints are as they were.
 */
final class Legs {

    private final Map<String, Map<String, ToEndpoint>> byService = new HashMap<>();
    private final Map<String, ToAll> last = new HashMap<>();

    /** The legs to those endpoints, in their order. */
    private record ToAll(List<Endpoint> endpoints, List<ToEndpoint> legs) {}

    /** The legs to one endpoint, by the node they begin at. */
    static final class ToEndpoint {
        private Endpoint endpoint;
        private final Map<String, Passage> from = new HashMap<>();

        private ToEndpoint(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        /** Forgets the legs when they led to another state of it. */
        @SuppressWarnings("ReferenceEquality")
        private void is(Endpoint now) {
            if (endpoint != now) {
                if (!endpoint.equals(now)) {
                    from.clear();
                }
                endpoint = now;
            }
        }

        Endpoint endpoint() {
            return endpoint;
        }

        /** The leg as it was walked, or walked now. */
        Passage from(String node, Supplier<Passage> walk) {
            Passage known = from.get(node);
            if (known == null) {
                known = walk.get();
                from.put(node, known);
            }
            return known;
        }
    }

    /**
     * The legs to endpoints of a Service, in their order. Every node of the cluster asks for the same list one after the other, so the last
     * one is kept; whoever changes an endpoint gives another list.
     */
    @SuppressWarnings("ReferenceEquality")
    List<ToEndpoint> to(String service, List<Endpoint> endpoints) {
        ToAll known = last.get(service);
        if (known == null || known.endpoints() != endpoints) {
            known = new ToAll(
                    endpoints, endpoints.stream().map(e -> to(service, e)).toList());
            last.put(service, known);
        }
        return known.legs();
    }

    private ToEndpoint to(String service, Endpoint endpoint) {
        ToEndpoint legs = byService
                .computeIfAbsent(service, s -> new HashMap<>())
                .computeIfAbsent(endpoint.pod().orElse(endpoint.address()), e -> new ToEndpoint(endpoint));
        legs.is(endpoint);
        return legs;
    }

    /** A node changed: legs from it, and to endpoints on it, are to be walked again. */
    void nodeChanged(String node) {
        last.clear();
        for (Map<String, ToEndpoint> legs : byService.values()) {
            legs.values().removeIf(l -> l.endpoint.node().filter(node::equals).isPresent());
            legs.values().forEach(l -> l.from.remove(node));
        }
    }

    /** A pod changed or went. */
    void podChanged(String pod) {
        last.clear();
        byService.values().forEach(legs -> legs.remove(pod));
    }

    /** A Service is not what it was. */
    void serviceChanged(String service) {
        last.remove(service);
        byService.remove(service);
    }

    void forgetAll() {
        last.clear();
        byService.clear();
    }
}
