package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.AwaitAddresses;
import java.util.Optional;
import java.util.Set;

/** Proves the relief: the subnets have the free addresses that the plan promised. Only looks. */
final class AwaitAddressesHandler implements StepHandler<AwaitAddresses> {

    @Override
    public StepOutcome next(View view, AwaitAddresses params, Progress progress) {
        return FreeAddresses.missing(view, params.freeAddresses(), progress, Optional.empty())
                .orElseGet(() -> Outcomes.done(Count.of(params.freeAddresses().size(), "subnet")
                        + " with as many free addresses as promised"));
    }

    @Override
    public StepOutcome back(View view, AwaitAddresses params, Progress progress) {
        return Outcomes.done("nothing to take back");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.SUBNETS);
    }
}
