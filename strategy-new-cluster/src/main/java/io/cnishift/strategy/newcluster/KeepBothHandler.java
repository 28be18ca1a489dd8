package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Holds, and says so every hour. */
final class KeepBothHandler implements StepHandler<KeepBoth> {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int FAILURES = 3;

    @Override
    public StepOutcome next(View view, KeepBoth params, Progress progress) {
        Urls urls = Urls.ofSecond(params.urls(), progress, progress.underWaySince());
        Optional<String> failing = urls.failing(FAILURES);
        if (failing.isPresent()) {
            return Outcomes.blocked(Code.SHIFT_FAILED.of(
                    "second cluster",
                    "it stopped to serve while the first cluster still stands: " + failing.get(),
                    "'cnishift rollback' sends clients back; or mend it, then resume"));
        }
        Instant end = progress.begunAt().orElse(progress.now()).plus(params.time());
        if (!progress.now().isBefore(end)) {
            return Outcomes.done("the first cluster was kept for " + words(params.time()));
        }
        if (urls.due(EVERY)) {
            return new StepOutcome.Ask(urls.questions(), "whether the second cluster serves");
        }
        long hours = Duration.between(progress.now(), end).toHours();
        return new StepOutcome.NotYet(
                EVERY,
                "the first cluster is kept, " + (hours == 0 ? "less than an hour" : hours + " h or more") + " to go");
    }

    private static String words(Duration time) {
        return time.toMinutesPart() == 0 && !time.isZero()
                ? Count.of(time.toHours(), "hour")
                : Count.of(time.toMinutes(), "minute");
    }

    @Override
    public StepOutcome back(View view, KeepBoth params, Progress progress) {
        return Outcomes.done("nothing was changed");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.INGRESSES, Part.SERVICES);
    }
}
