package io.cnishift.engine.run;

import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.report.Reports;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps a run outside of its windows from beginning: it waits for the next one, or is told to come again. Takes no lock. */
final class Opening {

    /** A clock that jumps, or a machine that slept, is noticed within a minute. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    private Opening() {}

    /** What came of a run that may not begin. */
    static Optional<RunResult> of(RunRequest request) {
        Slice slice = request.limits().slice().orElse(Slice.ALL);
        Optional<Instant> opens = slice.opensAt(request.world().time().now());
        if (opens.isEmpty()) {
            return Optional.empty();
        }
        if (!slice.waits()) {
            return Optional.of(
                    unbegun(request, StopCause.SLICE, "the window is closed and opens at " + slice.local(opens.get())));
        }
        request.listener().awaiting("the window opens at " + slice.local(opens.get()));
        return await(request, opens.get())
                ? Optional.empty()
                : Optional.of(unbegun(request, StopCause.INTERRUPT, "interrupted before the window opened"));
    }

    private static boolean await(RunRequest request, Instant opens) {
        request.interrupt().wakes(request.world().time());
        while (request.world().time().now().isBefore(opens)) {
            if (request.interrupt().requested()) {
                return false;
            }
            Instant look = request.world().time().now().plus(LOOK);
            request.world().time().await(look.isBefore(opens) ? look : opens);
        }
        return true;
    }

    private static RunResult unbegun(RunRequest request, StopCause cause, String reason) {
        return Reports.untimely(request.plan().plan(), request.journal(), cause, reason);
    }
}
