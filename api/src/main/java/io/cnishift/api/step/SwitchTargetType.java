package io.cnishift.api.step;

import java.util.Objects;

/**
 * Switches one Service of type LoadBalancer from ip to instance targets where the controller cannot do it without a gap.
 *
 * @param gapSeconds the gap at most, which the user consented to
 */
public record SwitchTargetType(String namespace, String service, int gapSeconds) {

    public SwitchTargetType {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(service);
    }
}
