package io.cnishift.engine.journal;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.engine.guard.GuardTally;
import io.cnishift.engine.slice.Forecast;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One thing that a run wrote down. */
public sealed interface JournalRecord {

    /** Hands itself to the method of the reader that is meant for it. */
    void tell(JournalReader reader, JournalLine line);

    /**
     * The run began. Written before anything is changed.
     *
     * @param planDigest SHA-256 of the plan file
     * @param by who runs it, in words
     * @param tags for everything that is made in AWS, by this process and those after it
     */
    record Begun(
            String strategy, String planDigest, Target target, RunLimits limits, String by, Map<String, String> tags)
            implements JournalRecord {
        public Begun {
            Objects.requireNonNull(strategy);
            Objects.requireNonNull(planDigest);
            Objects.requireNonNull(target);
            Objects.requireNonNull(limits);
            Objects.requireNonNull(by);
            tags = Map.copyOf(tags);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** Another process went on. */
    record Resumed(RunLimits limits, String by) implements JournalRecord {
        public Resumed {
            Objects.requireNonNull(limits);
            Objects.requireNonNull(by);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * What stood when the run began and is compared with ever after.
     *
     * @param nodes number of nodes
     * @param workloads keys of the workloads; pods of others came with the run and are not counted as restarted
     */
    record Baseline(List<ServiceSeconds> services, int nodes, List<String> workloads) implements JournalRecord {
        public Baseline {
            services = List.copyOf(services);
            workloads = List.copyOf(workloads);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** A step was asked for the first time. */
    record StepBegun(String step) implements JournalRecord {
        public StepBegun {
            Objects.requireNonNull(step);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * An act is about to be performed.
     *
     * @param before the object as it stood, which is the backup
     * @param undo the command that takes it back by hand, where there is one
     */
    record ActIntended(String step, Act act, Map<String, Object> before, Optional<String> undo)
            implements JournalRecord {
        public ActIntended {
            Objects.requireNonNull(step);
            Objects.requireNonNull(act);
            before = PlainTree.of(before);
            Objects.requireNonNull(undo);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * How it ended.
     *
     * @param intent number of the intent's record
     */
    record ActEnded(long intent, ActResult result) implements JournalRecord {
        public ActEnded {
            result = result.fold(done -> new ActResult.Performed(PlainTree.of(done.produced())), refused -> refused);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * Nobody knows how it ended: the process died, or the port threw.
     *
     * @param intent number of the intent's record
     */
    record ActLost(long intent, String reason) implements JournalRecord {
        public ActLost {
            Objects.requireNonNull(reason);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** A question was answered. */
    record Answered(String step, Question question, Answer answer) implements JournalRecord {
        public Answered {
            Objects.requireNonNull(step);
            Objects.requireNonNull(question);
            Objects.requireNonNull(answer);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * The probes of a step's gate were asked once.
     *
     * @param passes how many times in a row they have passed now
     * @param failures how many times they have not, in all
     */
    record GateJudged(String step, List<ProbeVerdict> verdicts, int passes, int failures) implements JournalRecord {
        public GateJudged {
            Objects.requireNonNull(step);
            verdicts = List.copyOf(verdicts);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** A step reached its end. */
    record StepDone(String step, String detail, List<Deferred> deferred) implements JournalRecord {
        public StepDone {
            Objects.requireNonNull(step);
            Objects.requireNonNull(detail);
            deferred = List.copyOf(deferred);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** A step is left out, for the end is a hybrid one. */
    record StepSkipped(String step, String reason) implements JournalRecord {
        public StepSkipped {
            Objects.requireNonNull(step);
            Objects.requireNonNull(reason);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** The end of a finished step no longer holds; it is asked for acts again. */
    record StepLapsed(String step, String reason) implements JournalRecord {
        public StepLapsed {
            Objects.requireNonNull(step);
            Objects.requireNonNull(reason);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** A step was taken back. */
    record StepBack(String step, String detail) implements JournalRecord {
        public StepBack {
            Objects.requireNonNull(step);
            Objects.requireNonNull(detail);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** A step waits for another reason than before. */
    record Waiting(String step, String reason) implements JournalRecord {
        public Waiting {
            Objects.requireNonNull(step);
            Objects.requireNonNull(reason);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * An act was left to the owner of what it changes, for the first time.
     *
     * @param before the object as it stood, which is the backup
     */
    record OwnerAsked(String step, Act act, Map<String, Object> before) implements JournalRecord {
        public OwnerAsked {
            Objects.requireNonNull(step);
            Objects.requireNonNull(act);
            before = PlainTree.of(before);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** The owner of a step has done what it was asked. */
    record OwnerActed(String step) implements JournalRecord {
        public OwnerActed {
            Objects.requireNonNull(step);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** How far the run is expected to come. */
    record Foreseen(Forecast forecast) implements JournalRecord {
        public Foreseen {
            Objects.requireNonNull(forecast);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** What the samples of the guards amount to, all of them. */
    record Guarded(List<GuardTally> tallies) implements JournalRecord {
        public Guarded {
            tallies = List.copyOf(tallies);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** The run stopped before a phase. */
    record Held(String phase) implements JournalRecord {
        public Held {
            Objects.requireNonNull(phase);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * The cluster is left as it is until the run goes on.
     *
     * @param unsafe what must not be done meanwhile, one sentence each
     */
    record Parked(List<String> unsafe) implements JournalRecord {
        public Parked {
            unsafe = List.copyOf(unsafe);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** The counters as they stand, and the addresses in use since the last such record. */
    record Measured(Measures measures, List<AddressPoint> addresses) implements JournalRecord {
        public Measured {
            Objects.requireNonNull(measures);
            addresses = List.copyOf(addresses);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * The way back began.
     *
     * @param toPhase the last phase that stays; empty: none does
     * @param steps in the order in which they are taken back
     */
    record RollbackBegun(Optional<String> toPhase, List<String> steps, String by) implements JournalRecord {
        public RollbackBegun {
            Objects.requireNonNull(toPhase);
            steps = List.copyOf(steps);
            Objects.requireNonNull(by);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /**
     * How the copy of the journal in the cluster fares, written when that changes.
     *
     * @param trouble why it is behind; empty when it is so no longer
     */
    record Copied(Optional<String> trouble) implements JournalRecord {
        public Copied {
            Objects.requireNonNull(trouble);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }

    /** The run ended, for good or until it is resumed. */
    record Ended(
            RunOutcome outcome,
            Optional<RunEnd> end,
            StopCause cause,
            String reason,
            List<Finding> findings,
            List<Finding> violations,
            List<String> notModelled)
            implements JournalRecord {
        public Ended {
            Objects.requireNonNull(outcome);
            Objects.requireNonNull(end);
            Objects.requireNonNull(cause);
            Objects.requireNonNull(reason);
            findings = List.copyOf(findings);
            violations = List.copyOf(violations);
            notModelled = List.copyOf(notModelled);
        }

        @Override
        public void tell(JournalReader reader, JournalLine line) {
            reader.read(this, line);
        }
    }
}
