package io.cnishift.simulator.cni;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules on a node that turn Service addresses into endpoints.
 *
 * @param staleSince when nobody keeps them up to date: endpoints that came or went since are not known
 * @param reason one clause, empty when they are kept up to date
 */
public record ServiceRules(Kept kept, Optional<Instant> staleSince, String reason) {

    /** How well the rules follow the Services. */
    public enum Kept {
        /** By kube-proxy or by Cilium. */
        CURRENT,
        /** Left by one that is gone. */
        STALE,
        /** There have never been any. */
        ABSENT
    }

    public ServiceRules {
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(staleSince, "staleSince");
        Objects.requireNonNull(reason, "reason");
        if (staleSince.isPresent() != (kept == Kept.STALE)) {
            throw new IllegalArgumentException("stale rules, and no others, have a time since when they are stale");
        }
    }

    static ServiceRules current() {
        return new ServiceRules(Kept.CURRENT, Optional.empty(), "");
    }

    static ServiceRules stale(Instant since, String reason) {
        return new ServiceRules(Kept.STALE, Optional.of(since), reason);
    }

    static ServiceRules absent(String reason) {
        return new ServiceRules(Kept.ABSENT, Optional.empty(), reason);
    }

    /** Whether a Service address leads to an endpoint that exists unchanged since then. */
    public boolean reach(Instant endpointSince) {
        return kept == Kept.CURRENT
                || staleSince.filter(s -> endpointSince.isBefore(s)).isPresent();
    }
}
