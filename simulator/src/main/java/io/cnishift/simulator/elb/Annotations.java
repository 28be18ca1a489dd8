package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Tree;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Annotations of an Ingress with those of a Service over them, as the controller reads them for a backend. */
record Annotations(Map<String, String> all) {

    private static final String INGRESS = "alb.ingress.kubernetes.io/";
    private static final String SERVICE = "service.beta.kubernetes.io/aws-load-balancer-";

    Annotations {
        all = Map.copyOf(all);
    }

    static Annotations of(Map<String, Object> object) {
        return new Annotations(Tree.strings(object, "metadata", "annotations"));
    }

    Annotations under(Map<String, Object> service) {
        Map<String, String> merged = new HashMap<>(all);
        merged.putAll(Tree.strings(service, "metadata", "annotations"));
        return new Annotations(merged);
    }

    Optional<String> ingress(String name) {
        return Optional.ofNullable(all.get(INGRESS + name));
    }

    Optional<String> service(String name) {
        return Optional.ofNullable(all.get(SERVICE + name));
    }

    int number(Optional<String> text, int otherwise) {
        return Objects.requireNonNull(text, "text")
                .filter(t -> t.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    /** The deregistration delay among target group attributes such as {@code a=b,c=d}. */
    int deregistrationDelay(Optional<String> attributes, int otherwise) {
        for (String attribute : attributes.orElse("").split(",", -1)) {
            String[] pair = attribute.trim().split("=", 2);
            if (pair.length == 2 && pair[0].equals("deregistration_delay.timeout_seconds")) {
                return number(Optional.of(pair[1]), otherwise);
            }
        }
        return otherwise;
    }
}
