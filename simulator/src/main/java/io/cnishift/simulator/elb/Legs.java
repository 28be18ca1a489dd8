package io.cnishift.simulator.elb;

import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Services.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The last legs of ways through node ports, from a node to an endpoint of a Service, each kept until one of its ends changes. When
 * an endpoint comes, every node of the cluster has one more leg to it; those to the other endpoints are as they were.
 */
final class Legs {

    private final Map<String, Map<String, ToEndpoint>> byService = new HashMap<>();

    /** The legs to one endpoint, by the node they begin at. */
    private static final class ToEndpoint {
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
    }

    /** The leg as it was walked, or walked now. */
    Passage of(String node, String service, Endpoint endpoint, Supplier<Passage> walk) {
        ToEndpoint legs = byService
                .computeIfAbsent(service, s -> new HashMap<>())
                .computeIfAbsent(endpoint.pod().orElse(endpoint.address()), e -> new ToEndpoint(endpoint));
        legs.is(endpoint);
        Passage known = legs.from.get(node);
        if (known == null) {
            known = walk.get();
            legs.from.put(node, known);
        }
        return known;
    }

    /** A node changed: legs from it, and to endpoints on it, are to be walked again. */
    void nodeChanged(String node) {
        for (Map<String, ToEndpoint> legs : byService.values()) {
            legs.values().removeIf(l -> l.endpoint.node().filter(node::equals).isPresent());
            legs.values().forEach(l -> l.from.remove(node));
        }
    }

    /** A pod changed or went. */
    void podChanged(String pod) {
        byService.values().forEach(legs -> legs.remove(pod));
    }

    /** A Service is not what it was. */
    void serviceChanged(String service) {
        byService.remove(service);
    }

    void forgetAll() {
        byService.clear();
    }
}
