package io.cnishift.engine.run;

import io.cnishift.api.plan.Consent;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.RunFold;
import io.cnishift.engine.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counts while a run works, and writes the counters down now and then, so that a crash loses little of them. */
final class Meter {

    private static final Duration EVERY = Duration.ofMinutes(5);

    private final RunContext run;
    private final Ledger ledger;
    private Instant writtenAt;

    private Meter(RunContext run, Ledger ledger) {
        this.run = run;
        this.ledger = ledger;
        this.writtenAt = run.now();
    }

    /** Counts from now, on top of what the journal has. */
    static Meter start(RunContext run, List<Consent> consents) {
        RunFold sofar = run.state().run();
        if (sofar.baseline().isEmpty()) {
            run.write(Ledger.baseline(run.keeper().view()));
        }
        Ledger ledger = Ledger.start(
                run.keeper().view(),
                run.now(),
                sofar.begunAt().orElse(run.now()),
                sofar.baseline().orElseThrow(),
                sofar.measures(),
                consents);
        run.keeper().tell(ledger::accept);
        run.keeper().tellOfSecond(ledger::acceptOfSecond);
        return new Meter(run, ledger);
    }

    /** Counts in the cluster that serves: in the second one while anything is done to let go of the first. */
    void follow(boolean secondServes) {
        ledger.served(secondServes, run.now());
    }

    /** Writes the counters when they have not been written for a while. */
    void tick() {
        if (!run.now().isBefore(writtenAt.plus(EVERY))) {
            write();
        }
    }

    /** Writes the counters. */
    void write() {
        Instant now = run.now();
        writtenAt = now;
        Measures measures = ledger.measures(now, run.ports().calls());
        run.write(new JournalRecord.Measured(measures, ledger.drainAddresses()));
    }
}
