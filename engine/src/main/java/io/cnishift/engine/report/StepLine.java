package io.cnishift.engine.report;

import io.cnishift.api.plan.Executor;
import io.cnishift.engine.journal.StepTrace;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How one step of a run stands.
 *
 * @param startedAt when it began; of a step that was taken back, when that did
 * @param finishedAt when it came to its end; of a step that was taken back, when it was
 */
public record StepLine(
        String id,
        String phase,
        String kind,
        Executor executor,
        StepTrace.Standing outcome,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String detail) {

    public StepLine {
        Objects.requireNonNull(id);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(executor);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(detail);
    }
}
