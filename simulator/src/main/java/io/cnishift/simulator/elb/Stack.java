package io.cnishift.simulator.elb;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A load balancer as the controller wants it.
 *
 * @param kind which tags it goes by: {@code ingress} or {@code service}
 * @param id namespace/name of the object, or the name of the group of Ingresses
 * @param listeners what it listens on
 */
record Stack(String kind, String id, String type, String scheme, List<Listening> listeners) {

    Stack {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        listeners = List.copyOf(listeners);
    }

    String stackTag() {
        return kind + ".k8s.aws/stack";
    }

    String resourceTag() {
        return kind + ".k8s.aws/resource";
    }

    /** Every target group that a rule names. */
    List<Backend> backends() {
        return listeners.stream()
                .flatMap(l -> l.routes().stream())
                .flatMap(r -> r.to().stream())
                .flatMap(w -> w.to().stream())
                .distinct()
                .toList();
    }

    /** A port with its rules. */
    record Listening(int port, String protocol, List<Route> routes) {
        Listening {
            Objects.requireNonNull(protocol, "protocol");
            routes = List.copyOf(routes);
        }
    }

    /** A rule; without a backend it answers 503. */
    record Route(String conditions, List<Weight> to) {
        Route {
            Objects.requireNonNull(conditions, "conditions");
            to = List.copyOf(to);
        }
    }

    /**
     * A target group with its weight: that of a backend, or one of somebody else's by its ARN.
     *
     * @param arn empty where there is a backend
     */
    record Weight(Optional<Backend> to, String arn, int weight) {
        Weight {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(arn, "arn");
        }

        static Weight of(Backend to, int weight) {
            return new Weight(Optional.of(to), "", weight);
        }

        static Weight of(String arn, int weight) {
            return new Weight(Optional.empty(), arn, weight);
        }
    }

    /**
     * A Service port as a target group.
     *
     * @param resource by which its target group is known: namespace/name-service:port
     */
    record Backend(
            String resource,
            String namespace,
            String service,
            String port,
            String targetType,
            String protocol,
            int trafficPort,
            int healthCheckSeconds,
            int healthyThreshold,
            int deregistrationDelaySeconds) {
        Backend {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(targetType, "targetType");
        }
    }
}
