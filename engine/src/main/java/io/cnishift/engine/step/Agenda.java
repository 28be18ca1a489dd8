package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the machines of a roll want in one pass, made into one answer: acts before questions before waiting. */
final class Agenda {

    private final List<Act> acts = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private Optional<String> acting = Optional.empty();
    private Optional<String> asking = Optional.empty();
    private Optional<StepOutcome.NotYet> wait = Optional.empty();
    private Optional<Finding> blocked = Optional.empty();
    private Optional<StepOutcome.Failed> failed = Optional.empty();
    private final Taking taking = new Taking();

    void act(String reason, Act act) {
        acting = acting.or(() -> Optional.of(reason));
        acts.add(act);
    }

    void acts(String reason, List<? extends Act> more) {
        more.forEach(act -> act(reason, act));
    }

    void ask(String reason, List<Question> more) {
        asking = asking.or(() -> Optional.of(reason));
        questions.addAll(more);
    }

    /** The first reason is the one that is told; the shortest time is waited. */
    void wait(long seconds, String reason) {
        if (waitsFor(seconds)) {
            String told = wait.isEmpty() ? reason : wait.get().reason();
            wait = Optional.of(new StepOutcome.NotYet(Duration.ofSeconds(seconds), told));
        }
    }

    /** Whether to wait so long is news; where it is not, its reason needs no words. */
    boolean waitsFor(long seconds) {
        return wait.isEmpty() || seconds < wait.get().retryAfter().toSeconds();
    }

    void block(Finding finding) {
        blocked = blocked.or(() -> Optional.of(finding));
    }

    /** Takes over what another answer says; that it is done says nothing. */
    void take(StepOutcome outcome) {
        taking.of(outcome);
    }

    private final class Taking implements OutcomeCases<Agenda> {
        @Override
        public Agenda done(StepOutcome.Done outcome) {
            return Agenda.this;
        }

        @Override
        public Agenda notYet(StepOutcome.NotYet outcome) {
            Agenda.this.wait(Math.max(1, outcome.retryAfter().toSeconds()), outcome.reason());
            return Agenda.this;
        }

        @Override
        public Agenda perform(StepOutcome.Perform outcome) {
            acts(outcome.reason(), outcome.acts());
            return Agenda.this;
        }

        @Override
        public Agenda ask(StepOutcome.Ask outcome) {
            Agenda.this.ask(outcome.reason(), outcome.questions());
            return Agenda.this;
        }

        @Override
        public Agenda blocked(StepOutcome.Blocked outcome) {
            block(outcome.finding());
            return Agenda.this;
        }

        @Override
        public Agenda later(StepOutcome.Later outcome) {
            return Agenda.this;
        }

        @Override
        public Agenda failed(StepOutcome.Failed outcome) {
            failed = failed.or(() -> Optional.of(outcome));
            return Agenda.this;
        }
    }

    boolean idle() {
        return acts.isEmpty() && questions.isEmpty() && wait.isEmpty() && blocked.isEmpty() && failed.isEmpty();
    }

    boolean hasBlocked() {
        return blocked.isPresent();
    }

    /** The answer; a failure or a finding stops the step only when nothing is left to be done for others. */
    StepOutcome outcome(Progress progress) {
        Optional<StepOutcome> performed = acts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempts(progress).perform(acting.orElse(""), acts));
        Optional<StepOutcome> now = performed.filter(o -> !(o instanceof StepOutcome.NotYet));
        if (now.isPresent()) {
            return now.get();
        }
        if (failed.isPresent()) {
            return failed.get();
        }
        if (blocked.isPresent()) {
            return Outcomes.blocked(blocked.get());
        }
        if (!questions.isEmpty()) {
            return new StepOutcome.Ask(List.copyOf(questions), asking.orElse(""));
        }
        return wait.map(w -> performed
                        .filter(p -> ((StepOutcome.NotYet) p).retryAfter().compareTo(w.retryAfter()) < 0)
                        .map(p ->
                                (StepOutcome) new StepOutcome.NotYet(((StepOutcome.NotYet) p).retryAfter(), w.reason()))
                        .orElse(w))
                .or(() -> performed)
                .orElseGet(() -> Outcomes.notYet(5, "looking again"));
    }
}
