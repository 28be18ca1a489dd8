package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.AddCidr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Associates a block with the VPC; the way back takes it away again if it was not there before.
 *
 * <ol>
 *   <li>The association is asked for, and EC2 says that it is made.
 *   <li>The time is over in which the control plane may not know the block yet: a webhook of which a pod got an address of it
 *       earlier would not be reached.
 * </ol>
 */
final class AddCidrHandler implements StepHandler<AddCidr> {

    private static final long LOOK_AGAIN = 5;

    @Override
    public StepOutcome next(View view, AddCidr params, Progress progress) {
        Vpc vpc = view.vpc();
        Optional<String> state = state(vpc, params);
        if (state.isEmpty()) {
            return new Attempts(progress)
                    .perform(
                            "associating " + params.cidr() + " with " + vpc.id(),
                            new AssociateCidrBlock(vpc.id(), params.cidr()));
        }
        return switch (state.get()) {
            case "associated" -> recognised(vpc, params, progress);
            case "failing", "failed" ->
                new StepOutcome.Failed(
                        "EC2 did not associate " + params.cidr() + " with " + vpc.id() + ": its state is "
                                + state.get(),
                        Disposition.ASK);
            default -> Outcomes.notYet(LOOK_AGAIN, params.cidr() + " is " + state.get());
        };
    }

    private static StepOutcome recognised(Vpc vpc, AddCidr params, Progress progress) {
        Optional<Instant> until = ours(vpc, params, progress).map(e -> e.at().plus(params.recognition()));
        Duration left = until.map(end -> Duration.between(progress.now(), end)).orElse(Duration.ZERO);
        return left.isNegative() || left.isZero()
                ? Outcomes.done(vpc.id() + " has " + params.cidr())
                : new StepOutcome.NotYet(
                        left, "until " + until.orElseThrow() + " the control plane may not know " + params.cidr());
    }

    @Override
    public StepOutcome back(View view, AddCidr params, Progress progress) {
        Vpc vpc = view.vpc();
        Optional<String> state = state(vpc, params);
        if (ours(vpc, params, progress).isEmpty()) {
            return Outcomes.done(params.cidr() + " is none of ours");
        }
        if (state.isEmpty()) {
            return Outcomes.done(vpc.id() + " has no " + params.cidr());
        }
        return state.get().equals("disassociating")
                ? Outcomes.notYet(LOOK_AGAIN, params.cidr() + " is " + state.get())
                : new Attempts(progress)
                        .perform(
                                "taking " + params.cidr() + " from " + vpc.id(),
                                new DisassociateCidrBlock(vpc.id(), params.cidr()));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.VPC);
    }

    @Override
    public List<Fact> facts(View view, AddCidr params) {
        return List.of(Fact.equal("vpc/" + view.vpc().id(), "id", view.vpc().id()));
    }

    /** The state of its association; empty when there is none. */
    private static Optional<String> state(Vpc vpc, AddCidr params) {
        return vpc.cidrs().stream()
                .filter(b -> b.cidr().equals(params.cidr()))
                .map(Vpc.CidrBlock::state)
                .filter(s -> !s.equals("disassociated"))
                .findFirst();
    }

    private static Optional<Progress.Entry> ours(Vpc vpc, AddCidr params, Progress progress) {
        return Attempts.first(progress, new AssociateCidrBlock(vpc.id(), params.cidr()));
    }
}
