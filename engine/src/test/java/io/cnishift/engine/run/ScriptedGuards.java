package io.cnishift.engine.run;

import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Samples on schedule, whose verdicts a test tells from the time. */
final class ScriptedGuards implements GuardPort {

    private final TimeSource time;
    private final Function<Instant, Verdict> verdict;
    int open;
    /** After that time no sample comes. */
    Instant last = Instant.MAX;

    ScriptedGuards(TimeSource time, Function<Instant, Verdict> verdict) {
        this.time = time;
        this.verdict = verdict;
    }

    @Override
    public Watch watch(List<Guard> guards, Duration every) {
        open++;
        return new Watch() {
            private Instant due = time.now();

            @Override
            public List<Sample> taken() {
                List<Sample> samples = new ArrayList<>();
                while (!due.isAfter(time.now())) {
                    Instant at = due;
                    guards.stream()
                            .filter(g -> !at.isAfter(last))
                            .forEach(g -> samples.add(new Sample(g, verdict.apply(at), "as scripted", at)));
                    due = due.plus(every);
                }
                return samples;
            }

            @Override
            public void close() {
                open--;
            }
        };
    }
}
