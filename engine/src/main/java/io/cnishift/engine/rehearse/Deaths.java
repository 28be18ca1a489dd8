package io.cnishift.engine.rehearse;

import io.cnishift.api.port.TimeSource;
import io.cnishift.engine.journal.DyingInStep;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalSink;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Runs a plan by processes that die in the middle of given steps. Of one that died nothing is left but the lines of its journal
 * and the cluster, which goes on by itself until another process resumes the run.
 */
final class Deaths {

    /** Somebody has to notice. */
    private static final Duration UNNOTICED = Duration.ofMinutes(5);

    private final Set<String> ahead;
    private final List<String> told = new ArrayList<>();

    Deaths(List<String> steps) {
        this.ahead = new LinkedHashSet<>(steps);
    }

    /** A run that has ended, with the request of the process that ended it. */
    record Survived(RunResult result, RunRequest request) {
        Survived {
            Objects.requireNonNull(result);
            Objects.requireNonNull(request);
        }
    }

    /** Begins the run, and goes on with it as often as it takes. */
    Survived run(Runner runner, RunRequest first) {
        RunRequest request = armed(first, first.journal());
        while (true) {
            try {
                RunResult result = request.journal().isEmpty() ? runner.apply(request) : runner.resume(request);
                return new Survived(result, request);
            } catch (SimulatedCrash death) {
                pass(request.world().time());
                request = armed(first, Journal.inMemory(request.journal()));
            }
        }
    }

    /** What came of them, in words. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(told);
        ahead.forEach(step -> lines.add("kill@" + step + ": did not happen, for the run did nothing in that step"));
        return lines;
    }

    private RunRequest armed(RunRequest first, Journal journal) {
        TimeSource time = first.world().time();
        return first.on(journal.through(sink -> armed(sink, time)));
    }

    private JournalSink armed(JournalSink sink, TimeSource time) {
        JournalSink armed = sink;
        for (String step : ahead) {
            armed = new DyingInStep(step, armed, () -> {
                ahead.remove(step);
                told.add("kill@" + step + ": the process died in the middle of it, another went on "
                        + UNNOTICED.toMinutes() + " minutes later (at " + time.now() + ")");
            });
        }
        return armed;
    }

    private static void pass(TimeSource time) {
        Instant noticed = time.now().plus(UNNOTICED);
        while (time.now().isBefore(noticed)) {
            time.await(noticed);
        }
    }
}
