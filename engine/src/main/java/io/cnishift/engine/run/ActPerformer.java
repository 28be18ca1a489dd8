package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
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
 * outcome is on the disk. Once the lock is lost no act is asked for. When the port throws, nobody knows whether the act was
 * done; the journal says so.
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
            Map<String, Object> there = port.before(act);
            if (!there.isEmpty() && !(act instanceof CreateObject) && !goingBack() && secret(act)) {
                return unrecorded(act);
            }
            before = SecretContents.left(act, there);
        } catch (MigrationException e) {
            return unavailable(e);
        }
        Surroundings at = Surroundings.of(run.keeper().view());
        run.listener().performing(step, act, at.view());
        JournalLine intent = run.journal()
                .append(
                        run.now(),
                        new JournalRecord.ActIntended(
                                step.id(), act, before, undo(act, before).map(undo -> undo.command(at))));
        ActResult result = performed(port, act, intent);
        run.listener().performed(step, act, result);
        return result;
    }

    private boolean goingBack() {
        return run.state().run().rollback().isPresent();
    }

    private static boolean secret(Act act) {
        return SecretContents.target(act).isPresent();
    }

    /** A Secret that is there keeps its contents: they are not written down, so no way back could bring them again. */
    private static ActResult unrecorded(Act act) {
        return new ActResult.Refused(
                ActResult.Reason.INVALID,
                act.target()
                        + " exists, and what is in a Secret is not recorded, so a change of it could not be taken back;"
                        + " have its owner change it");
    }

    private static Optional<Act> undo(Act act, Map<String, Object> before) {
        return secret(act) && !before.isEmpty() ? Optional.empty() : act.inverse(before);
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
