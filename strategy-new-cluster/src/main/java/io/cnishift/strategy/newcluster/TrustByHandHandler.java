package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.Set;

/** These roles are not read, or are in another account: who went past the hold is believed. */
final class TrustByHandHandler implements StepHandler<TrustByHand> {

    @Override
    public StepOutcome next(View view, TrustByHand params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> Outcomes.done("taken for done by hand: the roles of " + String.join(", ", params.whose())
                        + " trust "
                        + second.cluster().oidcIssuer().map(Role::issuer).orElse("the second cluster's issuer")));
    }

    @Override
    public StepOutcome back(View view, TrustByHand params, Progress progress) {
        return Outcomes.done("what was done by hand stays");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER);
    }
}
