package io.cnishift.api.step;

import java.util.List;
import java.util.Objects;

/**
 * Moves the backends of one Ingress from ip to instance targets without a gap: a second Service of type NodePort with an
 * instance-type target group is made healthy, traffic moves by weight, the original Service is switched and made healthy,
 * traffic moves back.
 *
 * @param services names of the Services behind it, in the same namespace
 */
public record DecoupleIngress(String namespace, String ingress, List<String> services) {

    public DecoupleIngress {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(ingress);
        services = List.copyOf(services);
    }
}
