package io.cnishift.engine.journal;

import io.cnishift.api.act.Act;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Bounds;
import io.cnishift.api.port.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the records of a journal amount to: which steps have begun and ended, what they did, where the run stands. Grows
 * with the journal; answers are as of the last record. An act whose outcome nobody knows is shown to its step as refused
 * for {@link ActResult.Reason#UNAVAILABLE}: the step looks at the cluster, where it finds out.
 */
public final class JournalState implements JournalReader {

    private final String migration;
    private final Map<String, StepFold> steps = new LinkedHashMap<>();
    private final Map<Long, JournalRecord.ActIntended> open = new LinkedHashMap<>();
    private final Set<String> firstIntents = new LinkedHashSet<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final Set<String> passed = new HashSet<>();
    private final RunFold run = new RunFold();

    JournalState(String migration) {
        this.migration = migration;
    }

    /** Id of the migration. */
    public String migration() {
        return migration;
    }

    /** The run as a whole. */
    public RunFold run() {
        return run;
    }

    /** What that step has done so far, at that time. */
    public Progress progress(String step, Instant now) {
        return progress(step, now, Bounds.none());
    }

    /** The same, of a run with these bounds. */
    public Progress progress(String step, Instant now, Bounds bounds) {
        return new JournalProgress(this, step, known(step), now, bounds);
    }

    /** Where that step stands. */
    public StepTrace trace(String step) {
        return known(step).trace();
    }

    /** Whether that step was asked for at least once and not taken back since. */
    public boolean begun(String step) {
        StepTrace.Standing standing = trace(step).standing();
        return standing == StepTrace.Standing.RUNNING || standing == StepTrace.Standing.DONE;
    }

    /** Whether that step has reached its end and was not taken back since. */
    public boolean done(String step) {
        return trace(step).standing() == StepTrace.Standing.DONE;
    }

    /** Whether that step was left out. */
    public boolean skipped(String step) {
        return trace(step).standing() == StepTrace.Standing.SKIPPED;
    }

    /** What that step waits for, as last said. */
    public Optional<String> waiting(String step) {
        return known(step).waiting();
    }

    /** How many times in a row the gate of that step has passed. */
    public int gatePasses(String step) {
        return known(step).passes();
    }

    /** How many times the gate of that step has not passed. */
    public int gateFailures(String step) {
        return known(step).failures();
    }

    /** Steps that intended at least one act and were not taken back since, by their first intent, oldest first. */
    public List<String> byFirstIntent() {
        return List.copyOf(firstIntents);
    }

    /** Steps that have begun or were left out, and were not taken back since, oldest first. */
    public List<String> touched() {
        return List.copyOf(touched);
    }

    /** Acts that may or may not have been performed, by the number of their intent. */
    public Map<Long, JournalRecord.ActIntended> open() {
        return Collections.unmodifiableMap(open);
    }

    /** Whether the hold before that phase was lifted. */
    public boolean passed(String phase) {
        return passed.contains(phase);
    }

    /** What finished steps have deferred. */
    public List<Deferred> deferred() {
        List<Deferred> all = new ArrayList<>();
        steps.values().forEach(fold -> all.addAll(fold.trace().deferred()));
        return all;
    }

    /** The acts that the owner of that step was asked for and has not made so far, as far as is known. */
    public List<Act> askedOfOwner(String step) {
        return known(step).asked();
    }

    private StepFold known(String step) {
        StepFold fold = steps.get(step);
        return fold == null ? new StepFold() : fold;
    }

    private StepFold of(String step) {
        return steps.computeIfAbsent(step, s -> new StepFold());
    }

    private void ended(long intent, ActResult result, Instant at) {
        JournalRecord.ActIntended intended = open.remove(intent);
        if (intended != null) {
            of(intended.step()).ended(intended.act(), intended.before(), result, at);
            run.drains().ended(intended, result, at);
        }
    }

    @Override
    public void read(JournalRecord.Begun record, JournalLine line) {
        passed.addAll(record.limits().past());
        run.begun(record, line.at());
    }

    @Override
    public void read(JournalRecord.Resumed record, JournalLine line) {
        passed.addAll(record.limits().past());
        run.resumed(record, line.at());
    }

    @Override
    public void read(JournalRecord.Baseline record, JournalLine line) {
        run.baseline(record);
    }

    @Override
    public void read(JournalRecord.StepBegun record, JournalLine line) {
        of(record.step()).run(line.at(), "");
        touched.add(record.step());
    }

    @Override
    public void read(JournalRecord.StepLapsed record, JournalLine line) {
        of(record.step()).run(line.at(), record.reason());
    }

    @Override
    public void read(JournalRecord.ActIntended record, JournalLine line) {
        open.put(line.seq(), record);
        firstIntents.add(record.step());
    }

    @Override
    public void read(JournalRecord.ActEnded record, JournalLine line) {
        ended(record.intent(), record.result(), line.at());
    }

    @Override
    public void read(JournalRecord.ActLost record, JournalLine line) {
        ended(record.intent(), new ActResult.Refused(ActResult.Reason.UNAVAILABLE, record.reason()), line.at());
    }

    @Override
    public void read(JournalRecord.Answered record, JournalLine line) {
        of(record.step()).answered(record.question(), record.answer());
    }

    @Override
    public void read(JournalRecord.GateJudged record, JournalLine line) {
        of(record.step()).judged(record.passes(), record.failures());
    }

    @Override
    public void read(JournalRecord.StepDone record, JournalLine line) {
        of(record.step()).finished(line.at(), record);
    }

    @Override
    public void read(JournalRecord.StepSkipped record, JournalLine line) {
        of(record.step()).skipped(line.at(), record.reason());
        touched.add(record.step());
    }

    @Override
    public void read(JournalRecord.StepBack record, JournalLine line) {
        of(record.step()).back(line.at(), record.detail());
        firstIntents.remove(record.step());
        touched.remove(record.step());
    }

    @Override
    public void read(JournalRecord.OwnerAsked record, JournalLine line) {
        of(record.step()).ownerAsked(record);
        firstIntents.add(record.step());
    }

    @Override
    public void read(JournalRecord.OwnerActed record, JournalLine line) {
        of(record.step()).ownerActed(line.at());
    }

    @Override
    public void read(JournalRecord.Waiting record, JournalLine line) {
        of(record.step()).waits(record.reason());
    }

    @Override
    public void read(JournalRecord.Foreseen record, JournalLine line) {
        run.foreseen(record);
    }

    @Override
    public void read(JournalRecord.Guarded record, JournalLine line) {
        run.guarded(record);
    }

    @Override
    public void read(JournalRecord.Held record, JournalLine line) {
        run.held(record);
    }

    @Override
    public void read(JournalRecord.Parked record, JournalLine line) {
        run.parked(record, line.at());
    }

    @Override
    public void read(JournalRecord.Measured record, JournalLine line) {
        run.measured(record);
    }

    @Override
    public void read(JournalRecord.RollbackBegun record, JournalLine line) {
        run.rollback(record, line.at());
        steps.values().forEach(step -> step.left(line.at()));
    }

    @Override
    public void read(JournalRecord.Copied record, JournalLine line) {
        run.copied(record);
    }

    @Override
    public void read(JournalRecord.Ended record, JournalLine line) {
        run.ended(record, line.at());
        steps.values().forEach(step -> step.left(line.at()));
    }
}
