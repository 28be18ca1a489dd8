package io.cnishift.engine.run;

import io.cnishift.api.port.TimeSource;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import java.time.Instant;
import java.util.Objects;

/** What every part of a run works with. */
record RunContext(
        Journal journal, Ports ports, ViewKeeper keeper, TimeSource time, RunListener listener, Interrupt interrupt) {

    RunContext {
        Objects.requireNonNull(journal);
        Objects.requireNonNull(ports);
        Objects.requireNonNull(keeper);
        Objects.requireNonNull(time);
        Objects.requireNonNull(listener);
        Objects.requireNonNull(interrupt);
    }

    static RunContext of(RunRequest request) {
        Ports ports = new Ports(request.world());
        TimeSource time = request.world().time();
        request.interrupt().wakes(time);
        return new RunContext(
                request.journal(), ports, new ViewKeeper(ports, time), time, request.listener(), request.interrupt());
    }

    Instant now() {
        return time.now();
    }

    JournalState state() {
        return journal.state();
    }

    void write(JournalRecord record) {
        journal.append(now(), record);
    }
}
