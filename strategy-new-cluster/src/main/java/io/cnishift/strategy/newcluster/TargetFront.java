package io.cnishift.strategy.newcluster;

import java.util.List;
import java.util.Objects;

/**
 * A Service behind an Ingress of the first cluster, whose requests its load balancer shares with the second cluster.
 *
 * @param ingress namespace/name of the Ingress, in both clusters
 * @param service name of the Service
 * @param port of the Service, as the rules have it
 * @param group name of the target group of the second cluster
 * @param like ARN of the first cluster's target group for it
 * @param targetType instance or ip, as the second cluster's network allows
 * @param from security groups of the load balancer, which the second cluster's nodes let in
 */
record TargetFront(
        String ingress, String service, String port, String group, String like, String targetType, List<String> from) {
    TargetFront {
        Objects.requireNonNull(ingress);
        Objects.requireNonNull(service);
        Objects.requireNonNull(port);
        Objects.requireNonNull(group);
        Objects.requireNonNull(like);
        Objects.requireNonNull(targetType);
        from = List.copyOf(from);
    }

    String namespace() {
        return ingress.substring(0, ingress.indexOf('/'));
    }
}
