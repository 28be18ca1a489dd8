package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Answers of the handlers of this module. */
final class Outcomes {

    /** A view that nobody watches shows an act later than that. */
    static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);

    private static final Set<Reason> HOPELESS = EnumSet.of(Reason.INVALID, Reason.FORBIDDEN);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int MOST_AT_ONCE = 50;

    private Outcomes() {}

    static StepOutcome done(String detail) {
        return new StepOutcome.Done(detail, List.of());
    }

    static StepOutcome notYet(long seconds, String reason) {
        return new StepOutcome.NotYet(Duration.ofSeconds(seconds), reason);
    }

    static StepOutcome blocked(Finding finding) {
        return new StepOutcome.Blocked(finding);
    }

    /** What a step does that looks at both clusters. */
    static StepOutcome withSecond(View view, Function<View, StepOutcome> work) {
        return view.second()
                .map(work)
                .orElseGet(() -> new StepOutcome.Failed("no second cluster was opened", Disposition.ABORT));
    }

    /**
     * Performs those of these independent acts that were not done a moment ago. What is refused for good is told to a person; what
     * else is refused is tried again by the engine.
     */
    static StepOutcome perform(String reason, List<? extends Act> acts, Progress progress) {
        for (Act act : acts) {
            Optional<String> hopeless = answer(act, progress).flatMap(Outcomes::hopeless);
            if (hopeless.isPresent()) {
                return new StepOutcome.Failed(act.target() + ": " + hopeless.get(), Disposition.ASK);
            }
        }
        List<Act> due = acts.stream()
                .<Act>map(act -> act)
                .filter(act -> !fresh(act, progress))
                .limit(MOST_AT_ONCE)
                .toList();
        return due.isEmpty() ? notYet(2, reason + ": waiting until it is seen") : new StepOutcome.Perform(due, reason);
    }

    /** Empty when clients may be sent to the first cluster: it was asked by these URLs, and is not known to fail. */
    static Optional<StepOutcome> firstServes(List<String> urls, Progress progress) {
        Urls first = Urls.ofFirst(urls, progress, progress.underWaySince());
        Optional<String> unreached = first.unreached();
        boolean asked = urls.isEmpty() || first.askedAt().isPresent();
        if (asked && unreached.isEmpty()) {
            return Optional.empty();
        }
        if (!progress.now().isBefore(progress.underWaySince().plus(PATIENCE))) {
            return Optional.of(blocked(Code.NOT_SERVED.of(
                    "first cluster",
                    unreached.orElse("it does not answer"),
                    "see what is missing there, then resume")));
        }
        return Optional.of(
                first.due(AGAIN)
                        ? new StepOutcome.Ask(first.questions(), "whether the first cluster serves")
                        : new StepOutcome.NotYet(
                                AGAIN, "the first cluster does not serve yet: " + unreached.orElse("")));
    }

    /** Whether it was done, or nobody knows: what stands there says whether anything came of it. */
    static boolean mayBeDone(ActResult result) {
        return result.fold(performed -> true, refused -> refused.reason() == Reason.UNAVAILABLE);
    }

    /** Why it was refused for good; empty for what was done, or may be done another time. */
    static Optional<String> hopeless(ActResult result) {
        return result.fold(
                performed -> Optional.empty(),
                refused -> HOPELESS.contains(refused.reason()) ? Optional.of(refused.message()) : Optional.empty());
    }

    /** What is said to be wrong with an act that was refused for that; one that the run was resumed after may be right by now. */
    static Optional<String> wrong(Act act, Progress progress) {
        return answer(act, progress)
                .flatMap(result -> result.fold(
                        performed -> Optional.empty(),
                        refused -> refused.reason() == Reason.INVALID
                                ? Optional.of(refused.message())
                                : Optional.empty()));
    }

    private static Optional<ActResult> answer(Act act, Progress progress) {
        return last(act, progress)
                .filter(e -> !e.at().isBefore(progress.underWaySince()))
                .map(Progress.Entry::result);
    }

    private static boolean fresh(Act act, Progress progress) {
        return last(act, progress)
                .filter(e -> e.result().done() && progress.now().isBefore(e.at().plus(SHOWN_WITHIN)))
                .isPresent();
    }

    private static Optional<Progress.Entry> last(Act act, Progress progress) {
        return progress.last(act.getClass(), act.target()).filter(e -> e.act().equals(act));
    }
}
