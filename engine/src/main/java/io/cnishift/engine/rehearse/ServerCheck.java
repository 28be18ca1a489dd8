package io.cnishift.engine.rehearse;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.World;
import io.cnishift.engine.owner.Owners;
import io.cnishift.engine.rehearse.CheckedStep.Said;
import io.cnishift.engine.rehearse.CheckedStep.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Has the APIs of a cluster say whether they would take the acts of a plan, which a rehearsal in a copy of that cluster told.
 * Nothing is changed.
 *
 * <ol>
 *   <li>Each act is asked about as the cluster is now, not as the steps before it leave it. So an act on something that the run
 *       makes has no answer yet, and what is refused of a thing that an earlier act changes is not known to be refused then.
 *   <li>Of many acts of one sort in a step some are asked about: permissions and admission are the same for all.
 *   <li>What the owner of a thing is to change is not ours to ask for.
 * </ol>
 */
public final class ServerCheck {

    /** Enough to meet the webhooks of some namespaces; a roll of thousands of pods would else ask for hours. */
    private static final int OF_A_SORT = 20;

    /** What a run waits for. */
    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.BUDGET, Reason.BUSY, Reason.CAPACITY, Reason.ADDRESSES, Reason.THROTTLED);

    private final World world;
    private final Set<String> changed = new HashSet<>();

    /** Asks the ports of that world. */
    public ServerCheck(World world) {
        this.world = Objects.requireNonNull(world);
    }

    /** Every step of the plan that the rehearsal came to, with what is said of its acts. */
    public List<CheckedStep> of(MigrationPlan plan, ActTape tape) {
        List<ActTape.Line> lines = tape.lines();
        List<CheckedStep> steps = new ArrayList<>();
        for (MigrationPlan.Phase phase : plan.phases()) {
            for (MigrationPlan.Step step : phase.steps()) {
                if (tape.reached(step.id())) {
                    steps.add(step(
                            phase.id(),
                            step,
                            lines.stream()
                                    .filter(l -> l.step().equals(step.id()))
                                    .toList()));
                }
            }
        }
        return steps;
    }

    private CheckedStep step(String phase, MigrationPlan.Step step, List<ActTape.Line> lines) {
        Map<Class<? extends Act>, Integer> sorts = new HashMap<>();
        List<Said> said = new ArrayList<>();
        int more = 0;
        for (ActTape.Line line : lines) {
            if (sorts.merge(line.act().getClass(), 1, Integer::sum) > OF_A_SORT) {
                more++;
            } else {
                said.add(Owners.leaves(step, line.act()) ? left(line) : asked(line));
            }
            changed.add(line.act().target());
        }
        return new CheckedStep(step.id(), phase, step.executor(), said, more);
    }

    private Said asked(ActTape.Line line) {
        return check(world, line.act())
                .map(result -> result.fold(
                        done -> said(line, Verdict.ACCEPTED, Optional.empty(), ""), no -> refused(line, no)))
                .orElseGet(() -> said(line, Verdict.UNKNOWN, Optional.empty(), unasked(line.act())));
    }

    private static Optional<ActResult> check(World world, Act act) {
        if (act instanceof OnSecond on) {
            return world.second().flatMap(there -> check(there, on.act()));
        }
        return act instanceof CarryObject ? Optional.empty() : world.port(act).check(act);
    }

    private Said refused(ActTape.Line line, ActResult.Refused no) {
        if (PASSING.contains(no.reason())) {
            return said(line, Verdict.LATER, Optional.of(no.reason()), no.message());
        }
        if (no.reason() == Reason.GONE) {
            return said(line, Verdict.UNKNOWN, Optional.of(no.reason()), "not there yet: " + no.message());
        }
        boolean hidden =
                no.reason() != Reason.FORBIDDEN && changed.contains(line.act().target());
        return hidden
                ? said(
                        line,
                        Verdict.UNKNOWN,
                        Optional.of(no.reason()),
                        "an earlier act changes it first; as it is now: " + no.message())
                : said(
                        line,
                        no.reason() == Reason.UNAVAILABLE ? Verdict.UNKNOWN : Verdict.REFUSED,
                        Optional.of(no.reason()),
                        no.message());
    }

    private static Said left(ActTape.Line line) {
        return said(line, Verdict.UNKNOWN, Optional.empty(), "left to its owner");
    }

    private static String unasked(Act act) {
        if (act instanceof CarryObject || act instanceof OnSecond) {
            return "the second cluster is asked in the run, with what is in the object then";
        }
        return switch (act.api()) {
            case KUBERNETES -> "the API server does not serve its kind yet, or one of its webhooks takes no dry run";
            case AWS -> String.join(", ", act.operations()) + " cannot be asked for without being done";
            case HELM -> "Helm asks nobody beforehand; apply renders the chart before its first act";
        };
    }

    private static Said said(ActTape.Line line, Verdict verdict, Optional<Reason> reason, String detail) {
        return new Said(line.act().target(), line.command(), verdict, reason, detail);
    }
}
