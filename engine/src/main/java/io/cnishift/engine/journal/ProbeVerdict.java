package io.cnishift.engine.journal;

import io.cnishift.api.plan.ProbeStatus;
import java.util.Objects;

/** How one probe of a gate ended. */
public record ProbeVerdict(String probe, ProbeStatus status, String evidence) {

    public ProbeVerdict {
        Objects.requireNonNull(probe);
        Objects.requireNonNull(status);
        Objects.requireNonNull(evidence);
    }

    /** Whether a gate may open on it: a warning and a probe that does not apply do not stand against it. */
    public boolean passes() {
        return status != ProbeStatus.FAIL && status != ProbeStatus.UNKNOWN;
    }
}
