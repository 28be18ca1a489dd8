package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.RestingHandler;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.api.step.SetVpcCniMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Switches the mode of aws-node as other variables of it are set; what is other is when it goes back, and that the mode is looked
 * after while nodes are replaced: a node that started in another one would have to be replaced again.
 */
final class SetVpcCniModeHandler implements RestingHandler<SetVpcCniMode> {

    private final SetVpcCniEnvHandler variables = new SetVpcCniEnvHandler();

    @Override
    public StepOutcome next(View view, SetVpcCniMode params, Progress progress) {
        // while nodes come and go aws-node is seldom at rest; what must hold are its variables
        return progress.done(progress.step()) && SetVpcCniEnvHandler.inForce(view, params.env())
                ? Outcomes.done("aws-node is in its mode")
                : variables.next(view, of(params), progress);
    }

    @Override
    public Optional<String> holdsUntil(SetVpcCniMode params) {
        return Optional.of("cleanup");
    }

    @Override
    public StepOutcome back(View view, SetVpcCniMode params, Progress progress) {
        return variables.back(view, of(params), progress);
    }

    @Override
    public List<Meanwhile> meanwhile(SetVpcCniMode params) {
        return List.of(Meanwhile.leave(
                "cleanup",
                "nodes hold addresses in two ways: do not cordon, drain, scale or refresh node groups by hand"));
    }

    @Override
    public Set<Part> reads() {
        return variables.reads();
    }

    @Override
    public List<Fact> facts(View view, SetVpcCniMode params) {
        return variables.facts(view, of(params));
    }

    private static SetVpcCniEnv of(SetVpcCniMode params) {
        return new SetVpcCniEnv(params.env(), Map.of());
    }
}
