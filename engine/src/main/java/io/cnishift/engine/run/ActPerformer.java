package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.Surroundings;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Port;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Performs acts in the order of record: what stood there before and the intent are on the disk, then the act, then its
 * outcome is on the disk. Once the lock is lost no act is asked for. When the port throws, nobody knows whether the act was done; the journal says so.
 */
final class ActPerformer {

    private final RunContext run;

    ActPerformer(RunContext run) {
        this.run = run;
    }

    ActResult perform(MigrationPlan.Step step, Act act) {
        Port port = run.ports().of(act);
        Map<String, Object> before;
        try {
            before = port.before(act);
        } catch (MigrationException e) {
            return unavailable(e);
        }
        Surroundings at = Surroundings.of(run.keeper().view());
        run.listener().performing(step, act, at.view());
        JournalLine intent = run.journal()
                .append(
                        run.now(),
                        new JournalRecord.ActIntended(
                                step.id(), act, before, act.inverse(before).map(undo -> undo.command(at))));
        ActResult result = performed(port, act, intent);
        run.listener().performed(step, act, result);
        return result;
    }

    private ActResult performed(Port port, Act act, JournalLine intent) {
        // to read and to write down may have taken long, on a machine that stood still in between
        Optional<String> lost = run.lock().keep();
        if (lost.isPresent()) {
            ActResult.Refused unasked = new ActResult.Refused(ActResult.Reason.BUSY, "not asked for: " + lost.get());
            run.write(new JournalRecord.ActEnded(intent.seq(), unasked));
            return unasked;
        }
        ActResult result;
        try {
            result = port.perform(act);
        } catch (RuntimeException e) {
            run.write(new JournalRecord.ActLost(intent.seq(), "the outcome is unknown: " + e.getMessage()));
            if (e instanceof MigrationException known) {
                return unavailable(known);
            }
            throw e;
        }
        run.write(new JournalRecord.ActEnded(intent.seq(), result));
        return result.fold(
                done -> {
                    run.keeper().performed(act, done);
                    return done;
                },
                refused -> refused);
    }

    private static ActResult unavailable(MigrationException e) {
        if (e.disposition() != Disposition.RETRY) {
            throw e;
        }
        return new ActResult.Refused(ActResult.Reason.UNAVAILABLE, Objects.toString(e.getMessage(), e.code()));
    }
}
