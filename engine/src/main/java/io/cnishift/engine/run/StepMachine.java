package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.owner.Owners;
import io.cnishift.engine.step.OutcomeCases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One step: asks its handler and does what it says. Keeps nothing that the journal does not tell again. */
final class StepMachine<P extends Record> implements OutcomeCases<Pass> {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int FAULTS = 30;
    private static final int QUESTIONS_AT_ONCE = 1000;

    private final RunContext run;
    private final MigrationPlan.Step step;
    private final StepKind<P> kind;
    private final Set<Part> reads;
    private final Way way;
    private final Consumer<String> acting;
    private final ActPerformer performer;
    private final OwnerSteps owners;
    private final Refusals refusals = new Refusals();
    private Optional<Instant> askedAt = Optional.empty();
    private int asked;
    private int faults;
    private List<String> left = List.of();

    /**
     * Makes the machine of one step.
     *
     * @param acting told why before the step acts
     */
    StepMachine(RunContext run, MigrationPlan.Step step, StepKind<P> kind, Way way, Consumer<String> acting) {
        this.acting = acting;
        this.run = run;
        this.step = step;
        this.kind = kind;
        this.reads = kind.handler().reads();
        this.way = way;
        this.performer = new ActPerformer(run);
        this.owners = new OwnerSteps(run);
    }

    /** Tells of groups whose turn is left out in this run. */
    void leaving(List<String> groups) {
        left = List.copyOf(groups);
    }

    MigrationPlan.Step step() {
        return step;
    }

    Set<Part> reads() {
        return reads;
    }

    /** The phase until which the end must keep holding. */
    Optional<String> holdsUntil() {
        return kind.handler().holdsUntil(kind.params().cast(step.params()));
    }

    /** What the handler says now. */
    Pass pass() {
        List<Unknown> unknown = run.keeper().unknown(reads);
        if (!unknown.isEmpty()) {
            Unknown first = unknown.get(0);
            return fault(first.subject() + " cannot be read: " + first.reason() + "; " + first.remedy());
        }
        StepOutcome outcome;
        try {
            outcome = way.ask(
                    kind.handler(),
                    run.keeper().view(),
                    kind.params().cast(step.params()),
                    run.state().progress(step.id(), run.now(), run.course().bounds(run.state(), run.now(), left)));
        } catch (RuntimeException e) {
            return new Pass.Stopped(Stop.thrown("step " + step.id() + ": ", e));
        }
        boolean leaves = outcome instanceof StepOutcome.Perform perform
                && perform.acts().stream().anyMatch(act -> Owners.leaves(step, act));
        if (!leaves && !run.state().askedOfOwner(step.id()).isEmpty()) {
            run.write(new JournalRecord.OwnerActed(step.id()));
            return new Pass.Again();
        }
        return of(outcome);
    }

    @Override
    public Pass done(StepOutcome.Done outcome) {
        return new Pass.Finished(outcome.detail(), outcome.deferred());
    }

    @Override
    public Pass notYet(StepOutcome.NotYet outcome) {
        faults = 0;
        Duration pause = outcome.retryAfter().compareTo(SHORTEST) < 0 ? SHORTEST : outcome.retryAfter();
        return new Pass.Wait(run.now().plus(pause), outcome.reason());
    }

    @Override
    public Pass perform(StepOutcome.Perform outcome) {
        if (outcome.acts().isEmpty()) {
            return new Pass.Stopped(Stop.failed("step " + step.id() + " wants to act and names no act"));
        }
        List<Act> left =
                outcome.acts().stream().filter(act -> Owners.leaves(step, act)).toList();
        if (!left.isEmpty()) {
            return owners.leave(step, left);
        }
        acting.accept(outcome.reason());
        for (Act act : outcome.acts()) {
            Optional<Pass> pass = act(act);
            if (pass.isPresent()) {
                return pass.get();
            }
        }
        return new Pass.Again();
    }

    /** Performs one act; a pass when the next one must not follow. */
    private Optional<Pass> act(Act act) {
        Optional<Stop> halt = run.halt("at step " + step.id());
        if (halt.isPresent()) {
            return halt.map(Pass.Stopped::new);
        }
        if (run.keeper().unseen(act).isPresent()) {
            return Optional.of(new Pass.Wait(
                    run.now().plus(LOOK_AGAIN), act.target() + ": waiting until the last change of it is seen"));
        }
        return performer
                .perform(step, act)
                .fold(
                        done -> {
                            refusals.clear(act);
                            faults = 0;
                            return Optional.empty();
                        },
                        refused -> Optional.of(refusals.refused(step.id(), act, refused, run.now())));
    }

    @Override
    public Pass ask(StepOutcome.Ask outcome) {
        Instant now = run.now();
        asked = askedAt.filter(now::equals).isPresent() ? asked + 1 : 1;
        askedAt = Optional.of(now);
        if (outcome.questions().isEmpty() || asked > QUESTIONS_AT_ONCE) {
            return new Pass.Stopped(Stop.failed("step " + step.id() + " asks without end: " + outcome.reason()));
        }
        for (Question question : outcome.questions()) {
            Optional<Stop> halt = run.halt("at step " + step.id());
            if (halt.isPresent()) {
                return new Pass.Stopped(halt.get());
            }
            Answer answer = run.ports().ask(question);
            run.write(new JournalRecord.Answered(step.id(), question, answer));
        }
        return new Pass.Again();
    }

    @Override
    public Pass blocked(StepOutcome.Blocked outcome) {
        String reason = "step " + step.id() + " is blocked: "
                + outcome.finding().subject() + ": " + outcome.finding().message();
        return new Pass.Stopped(Stop.blocked(cause(StopCause.BLOCKED), reason, outcome.finding()));
    }

    @Override
    public Pass later(StepOutcome.Later outcome) {
        return new Pass.Stopped(Stop.paused(StopCause.LEFT, outcome.left()));
    }

    @Override
    public Pass failed(StepOutcome.Failed outcome) {
        if (outcome.disposition() == Disposition.RETRY) {
            return fault(outcome.error());
        }
        String reason = "step " + step.id() + ": " + outcome.error();
        return new Pass.Stopped(
                outcome.disposition() == Disposition.ASK
                        ? Stop.paused(cause(StopCause.ERROR), reason)
                        : Stop.failed(reason));
    }

    /** A verification that does not pass ends a run as a gate does. */
    private StopCause cause(StopCause other) {
        return kind.id().equals(StepKinds.id(RunProbes.class)) ? StopCause.GATE : other;
    }

    private Pass fault(String error) {
        faults++;
        return faults > FAULTS
                ? new Pass.Stopped(Stop.paused(StopCause.ERROR, "step " + step.id() + ": " + error))
                : new Pass.Wait(run.now().plus(FAULT_PAUSE), error);
    }
}
