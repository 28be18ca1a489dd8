package io.cnishift.engine.journal;

import java.time.Duration;
import java.util.Objects;

/**
 * How a Service fared so far.
 *
 * @param minReady ready endpoints that its budgets, or its workloads' update strategies, guarantee
 * @param desired pods that its workloads wanted when the run began
 * @param secondsBelowMinimum time with fewer ready endpoints than that, without the consented part
 * @param consentedSecondsBelowMinimum the part that the user had accepted
 */
public record ServiceSeconds(
        String namespace,
        String name,
        int minReady,
        int desired,
        Duration secondsBelowMinimum,
        Duration consentedSecondsBelowMinimum) {

    public ServiceSeconds {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        Objects.requireNonNull(secondsBelowMinimum);
        Objects.requireNonNull(consentedSecondsBelowMinimum);
    }

    /** A Service that has not been below its minimum. */
    public static ServiceSeconds unharmed(String namespace, String name, int minReady, int desired) {
        return new ServiceSeconds(namespace, name, minReady, desired, Duration.ZERO, Duration.ZERO);
    }

    /** The key of the Service, {@code namespace/name}. */
    public String key() {
        return namespace + "/" + name;
    }

    /** All time below the minimum, the consented part included. */
    public Duration total() {
        return secondsBelowMinimum.plus(consentedSecondsBelowMinimum);
    }
}
