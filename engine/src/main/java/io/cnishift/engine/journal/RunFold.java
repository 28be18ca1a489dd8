package io.cnishift.engine.journal;

import io.cnishift.engine.guard.GuardTally;
import io.cnishift.engine.slice.Forecast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the records of a run as a whole amount to; changes with the journal. */
public final class RunFold {

    private final List<AddressPoint> addresses = new ArrayList<>();
    private Optional<JournalRecord.Begun> begun = Optional.empty();
    private Optional<Instant> begunAt = Optional.empty();
    private RunLimits limits = RunLimits.NONE;
    private Optional<JournalRecord.Baseline> baseline = Optional.empty();
    private Optional<Forecast> forecast = Optional.empty();
    private List<GuardTally> guards = List.of();
    private final DrainFold drains = new DrainFold();
    private Optional<String> held = Optional.empty();
    private Optional<Instant> parkedAt = Optional.empty();
    private List<String> unsafe = List.of();
    private Measures measures = Measures.NONE;
    private Optional<JournalRecord.RollbackBegun> rollback = Optional.empty();
    private Optional<JournalRecord.Ended> ended = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();
    private Instant wentOnAt = Instant.EPOCH;
    private Optional<String> copyTrouble = Optional.empty();

    RunFold() {}

    /** The first record. */
    public Optional<JournalRecord.Begun> begun() {
        return begun;
    }

    public Optional<Instant> begunAt() {
        return begunAt;
    }

    /** When the run was last resumed or turned back; the epoch when it never was. */
    Instant wentOnAt() {
        return wentOnAt;
    }

    /** How far the process that wrote last may go. */
    public RunLimits limits() {
        return limits;
    }

    public Optional<JournalRecord.Baseline> baseline() {
        return baseline;
    }

    /** How far the process that wrote last was expected to come. */
    public Optional<Forecast> forecast() {
        return forecast;
    }

    /** What the samples of its guards amount to, since the run began or somebody resumed it after a stop. */
    public List<GuardTally> guards() {
        return guards;
    }

    /** The drains of the run. */
    public DrainFold drains() {
        return drains;
    }

    /** The phase before which the run stands held. */
    public Optional<String> held() {
        return held;
    }

    /** Since when the cluster is parked; empty while a process works. */
    public Optional<Instant> parkedAt() {
        return parkedAt;
    }

    /** What must not be done while the cluster is parked. */
    public List<String> unsafe() {
        return unsafe;
    }

    /** The counters as last written. */
    public Measures measures() {
        return measures;
    }

    /** Addresses in use over time, as far as written. */
    public List<AddressPoint> addresses() {
        return Collections.unmodifiableList(addresses);
    }

    /** The way back, once it has begun and until the run goes forward again. */
    public Optional<JournalRecord.RollbackBegun> rollback() {
        return rollback;
    }

    /** How the run ended; empty while it is under way, or when its process died. */
    public Optional<JournalRecord.Ended> ended() {
        return ended;
    }

    /** Whether there is nothing to go on with: all is done, or all is taken back. */
    public boolean over() {
        return ended.filter(end -> switch (end.outcome()) {
                    case SUCCEEDED, NOT_MODELLED -> true;
                    case ROLLED_BACK ->
                        rollback.flatMap(JournalRecord.RollbackBegun::toPhase).isEmpty();
                    case BLOCKED, FAILED, PAUSED -> false;
                })
                .isPresent();
    }

    public Optional<Instant> endedAt() {
        return endedAt;
    }

    /** Why the copy of the journal in the cluster is behind; empty when it is not, or there is none. */
    public Optional<String> copyTrouble() {
        return copyTrouble;
    }

    void copied(JournalRecord.Copied record) {
        copyTrouble = record.trouble();
    }

    void begun(JournalRecord.Begun record, Instant at) {
        begun = Optional.of(record);
        begunAt = Optional.of(at);
        limits = record.limits();
    }

    void resumed(JournalRecord.Resumed record, Instant at) {
        limits = record.limits();
        // a process that died has not stopped: its successor goes on with its budget and is told nothing anew
        guards = ended.isPresent() ? List.of() : guards;
        boolean wentBack =
                ended.filter(e -> e.outcome() == RunOutcome.ROLLED_BACK).isPresent();
        rollback = wentBack ? Optional.empty() : rollback;
        goOn(at);
    }

    void rollback(JournalRecord.RollbackBegun record, Instant at) {
        rollback = Optional.of(record);
        goOn(at);
    }

    private void goOn(Instant at) {
        wentOnAt = at;
        forecast = Optional.empty();
        drains.goOn();
        held = Optional.empty();
        parkedAt = Optional.empty();
        unsafe = List.of();
        ended = Optional.empty();
        endedAt = Optional.empty();
    }

    void baseline(JournalRecord.Baseline record) {
        baseline = Optional.of(record);
    }

    void foreseen(JournalRecord.Foreseen record) {
        forecast = Optional.of(record.forecast());
    }

    void guarded(JournalRecord.Guarded record) {
        guards = record.tallies();
    }

    void held(JournalRecord.Held record) {
        held = Optional.of(record.phase());
    }

    void parked(JournalRecord.Parked record, Instant at) {
        parkedAt = Optional.of(at);
        unsafe = record.unsafe();
    }

    void measured(JournalRecord.Measured record) {
        measures = record.measures();
        addresses.addAll(record.addresses());
    }

    void ended(JournalRecord.Ended record, Instant at) {
        ended = Optional.of(record);
        endedAt = Optional.of(at);
    }
}
