package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether an act may be asked for now, given what came of it the last time. An act that was done waits for the cluster to
 * show it; one that was refused waits as long as its refusal deserves; one that no waiting helps stops the step until
 * somebody resumes the run.
 */
final class Attempts {

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 50;
    private static final int MOST_ADMISSIONS = 20;

    private final Progress progress;

    Attempts(Progress progress) {
        this.progress = Objects.requireNonNull(progress);
    }

    /** What may happen to an act now. */
    record Standing(Kind kind, Duration delay, String why) {
        enum Kind {
            DUE,
            WAITS,
            HOPELESS
        }

        static final Standing DUE = new Standing(Kind.DUE, Duration.ZERO, "");

        boolean due() {
            return kind == Kind.DUE;
        }
    }

    /** Performs the act, or says why not now. */
    StepOutcome perform(String reason, Act act) {
        return perform(reason, List.of(act));
    }

    /** Performs those of these independent acts that are due, or says why none is. */
    StepOutcome perform(String reason, List<? extends Act> acts) {
        List<Act> due = new ArrayList<>();
        Optional<Standing> wait = Optional.empty();
        for (Act act : acts) {
            Standing standing = of(act);
            if (standing.kind() == Standing.Kind.HOPELESS) {
                return new StepOutcome.Failed(act.target() + ": " + standing.why(), Disposition.ASK);
            }
            if (standing.due()) {
                due.add(act);
            } else if (wait.isEmpty() || standing.delay().compareTo(wait.get().delay()) < 0) {
                wait = Optional.of(standing);
            }
        }
        if (due.isEmpty() && wait.isPresent()) {
            return new StepOutcome.NotYet(
                    wait.get().delay(), reason + ": " + wait.get().why());
        }
        return Outcomes.perform(reason, due.subList(0, Math.min(MOST_AT_ONCE, due.size())));
    }

    /** What may happen to that act now. */
    Standing of(Act act) {
        Optional<Progress.Entry> last = progress.last(act.getClass(), act.target());
        return last.isPresent() && last.get().act().equals(act) ? after(last.get()) : Standing.DUE;
    }

    /** Whether that act was done a moment ago, so that the view may not show it yet. */
    boolean fresh(Act act) {
        Optional<Progress.Entry> last = progress.last(act.getClass(), act.target());
        return last.isPresent()
                && left(last.get(), SHOWN_WITHIN).isPresent()
                && last.get().act().equals(act)
                && last.get().result().done();
    }

    /** The first time that this act may have been done on a thing that was not as the act makes it. */
    static Optional<Progress.Entry> first(Progress progress, Act act) {
        return progress.all(act.getClass()).stream()
                .filter(e -> e.act().equals(act) && mayHaveHappened(e.result()))
                .findFirst()
                .filter(e -> e.act().inverse(e.before()).isPresent());
    }

    /** The first act of that type that may have been done: what it recorded is what stood there before the step. */
    static <A extends Act> Optional<Progress.Entry> first(Progress progress, Class<A> type) {
        return progress.all(type).stream()
                .filter(e -> mayHaveHappened(e.result()))
                .findFirst();
    }

    /** Whether an act that ended so was done, or nobody knows. */
    static boolean mayHaveHappened(ActResult result) {
        return result.fold(
                done -> true,
                refused -> refused.reason() == ActResult.Reason.UNAVAILABLE
                        || refused.reason() == ActResult.Reason.THROTTLED);
    }

    private Standing after(Progress.Entry entry) {
        return entry.result()
                .fold(
                        done -> waits(entry, SHOWN_WITHIN, "waiting for it to be seen"),
                        refused -> refused(entry, refused.reason(), refused.message()));
    }

    private Standing refused(Progress.Entry entry, ActResult.Reason reason, String message) {
        return switch (reason) {
            case CONFLICT -> waits(entry, Duration.ofSeconds(1), message);
            case BUDGET -> waits(entry, Duration.ofSeconds(5), message);
            case THROTTLED, UNAVAILABLE -> waits(entry, Duration.ofSeconds(10), message);
            case BUSY -> waits(entry, Duration.ofSeconds(15), message);
            case GONE, EXISTS -> waits(entry, SHOWN_WITHIN, message);
            case CAPACITY, ADDRESSES, DOUBLE_BUDGET -> waits(entry, Duration.ofSeconds(60), message);
            case ADMISSION ->
                tooOften(entry) ? hopeless(entry, message) : waits(entry, Duration.ofSeconds(10), message);
            case FORBIDDEN, INVALID -> hopeless(entry, message);
        };
    }

    private Standing waits(Progress.Entry entry, Duration time, String why) {
        return left(entry, time)
                .map(left -> new Standing(Standing.Kind.WAITS, left, why))
                .orElse(Standing.DUE);
    }

    /** Hopeless until the run is resumed: then somebody has seen to it. */
    private Standing hopeless(Progress.Entry entry, String why) {
        return entry.at().isBefore(progress.underWaySince())
                ? Standing.DUE
                : new Standing(Standing.Kind.HOPELESS, Duration.ZERO, why);
    }

    private boolean tooOften(Progress.Entry entry) {
        Instant since = progress.underWaySince();
        return progress.all(entry.act().getClass()).stream()
                        .filter(e -> e.act().equals(entry.act()) && !e.at().isBefore(since))
                        .count()
                >= MOST_ADMISSIONS;
    }

    private Optional<Duration> left(Progress.Entry entry, Duration time) {
        Duration left = Duration.between(progress.now(), entry.at().plus(time));
        return left.isZero() || left.isNegative() ? Optional.empty() : Optional.of(left);
    }
}
