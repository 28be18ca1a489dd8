package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A load balancer that serves the cluster.
 *
 * @param type application or network
 * @param scheme internal or internet-facing
 */
public record LoadBalancer(
        String arn,
        String name,
        String type,
        String scheme,
        List<String> subnets,
        List<String> securityGroups,
        List<Listener> listeners,
        Map<String, String> tags)
        implements Resource {

    public LoadBalancer {
        Objects.requireNonNull(arn);
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
        listeners = List.copyOf(listeners);
        tags = Map.copyOf(tags);
    }

    @Override
    public Part part() {
        return Part.LOAD_BALANCERS;
    }

    @Override
    public String key() {
        return arn;
    }

    /** A listening port with its rules in order; the last one is the default. */
    public record Listener(int port, String protocol, List<Rule> rules) {
        public Listener {
            rules = List.copyOf(rules);
        }
    }

    /** A rule: conditions in words such as {@code host=a.example path=/x}, and where it forwards to. */
    public record Rule(String conditions, List<Weighted> forward) {
        public Rule {
            forward = List.copyOf(forward);
        }
    }

    /** A target group with its weight, 0 to 999. */
    public record Weighted(String targetGroup, int weight) {}
}
