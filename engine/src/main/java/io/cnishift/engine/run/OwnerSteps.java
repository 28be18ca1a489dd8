package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.owner.Asks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves acts to the owners of what they change. What is asked for is journalled once, with what stood there before: when the
 * owner has made the change, the way back asks it for that again.
 */
final class OwnerSteps {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final RunContext run;

    OwnerSteps(RunContext run) {
        this.run = run;
    }

    /** Asks for these acts, and waits. */
    Pass leave(MigrationPlan.Step step, List<Act> acts) {
        Optional<String> unread = remember(step, acts);
        if (unread.isPresent()) {
            return new Pass.Wait(run.now().plus(LOOK_AGAIN), unread.get());
        }
        View view = run.keeper().view();
        acts.forEach(run.ports()::leave);
        acts.forEach(act -> run.listener().left(step, act, view));
        String changes = acts.stream().map(act -> Asks.sentence(view, act)).collect(Collectors.joining("; "));
        return new Pass.Wait(run.now().plus(LOOK_AGAIN), changes);
    }

    private Optional<String> remember(MigrationPlan.Step step, List<Act> acts) {
        Set<Act> known = new HashSet<>(run.state().askedOfOwner(step.id()));
        for (Act act : acts) {
            if (known.add(act)) {
                Map<String, Object> before;
                try {
                    before = SecretContents.left(act, run.ports().of(act).before(act));
                } catch (MigrationException e) {
                    if (e.disposition() != Disposition.RETRY) {
                        throw e;
                    }
                    return Optional.of(act.target() + " cannot be read: " + e.getMessage());
                }
                run.write(new JournalRecord.OwnerAsked(step.id(), act, before));
            }
        }
        return Optional.empty();
    }
}
