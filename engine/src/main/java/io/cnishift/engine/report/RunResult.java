package io.cnishift.engine.report;

import io.cnishift.api.port.CallFigures;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.StepTrace;
import io.cnishift.engine.journal.StopCause;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param held the phase before which the run was held, if that is why it stopped
 * @param unsafe what must not be done while the cluster is parked; empty when it is not
 * @param failure the exception that ended the run
 */
public record RunResult(
        RunReport report,
        StopCause cause,
        Optional<String> held,
        Measures measures,
        List<String> unsafe,
        Optional<RuntimeException> failure) {

    public RunResult {
        Objects.requireNonNull(report);
        Objects.requireNonNull(cause);
        Objects.requireNonNull(held);
        Objects.requireNonNull(measures);
        unsafe = List.copyOf(unsafe);
        Objects.requireNonNull(failure);
    }

    /** The same, with what going back came to. */
    public RunResult withWayBack(BackCost cost) {
        return new RunResult(report.withWayBack(cost), cause, held, measures, unsafe, failure);
    }

    /** The same, with what came of injected faults. */
    public RunResult withInjected(List<String> lines) {
        return new RunResult(report.withInjected(lines), cause, held, measures, unsafe, failure);
    }

    /** The same, with the requests that were made meanwhile. */
    public RunResult withCalls(List<CallFigures> figures) {
        return new RunResult(report.withCalls(figures), cause, held, measures, unsafe, failure);
    }

    /** What the process returns. */
    public ExitCode exitCode() {
        boolean begun = report.steps().stream().anyMatch(step -> step.outcome() != StepTrace.Standing.PENDING);
        return ExitCode.of(report.outcome(), cause, begun);
    }
}
