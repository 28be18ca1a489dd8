package io.cnishift.engine.run;

import io.cnishift.api.port.TimeSource;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.slice.Slice;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What every part of a run works with. */
record RunContext(
        Journal journal,
        Ports ports,
        ViewKeeper keeper,
        TimeSource time,
        RunListener listener,
        Course course,
        Halts halts) {

    RunContext {
        Objects.requireNonNull(journal);
        Objects.requireNonNull(ports);
        Objects.requireNonNull(keeper);
        Objects.requireNonNull(time);
        Objects.requireNonNull(listener);
        Objects.requireNonNull(course);
        Objects.requireNonNull(halts);
    }

    static RunContext of(RunRequest request, ViewKeeper keeper, Ports ports, Watchman watchman) {
        TimeSource time = request.world().time();
        Course course = Course.of(request.limits().slice().orElse(Slice.ALL), time.now());
        Halts halts = new Halts(request.interrupt(), course, Optional.of(watchman));
        return new RunContext(request.journal(), ports, keeper, time, request.listener(), course, halts);
    }

    /** The same that nothing ends from outside. */
    RunContext undisturbed() {
        Course all = Course.of(Slice.ALL, time.now());
        return new RunContext(
                journal, ports, keeper, time, listener, all, new Halts(new Interrupt(), all, Optional.empty()));
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
