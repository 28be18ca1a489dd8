package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.engine.fact.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sets environment variables of aws-node: through the add-on where EKS manages it, else on the DaemonSet.
 *
 * <ol>
 *   <li>The configuration has the values ({@link AddonEnv}, {@link DaemonSetEnv}).
 *   <li>aws-node runs with them on every node: the template shows them and its roll is over.
 *   <li>The subnets have as many free addresses as asked for; warm ones are given back within minutes.
 * </ol>
 */
final class SetVpcCniEnvHandler implements StepHandler<SetVpcCniEnv> {

    @Override
    public StepOutcome next(View view, SetVpcCniEnv params, Progress progress) {
        Optional<Workload> awsNode = view.awsNode();
        if (awsNode.isEmpty()) {
            return new StepOutcome.Failed("there is no DaemonSet kube-system/aws-node", Disposition.ASK);
        }
        Optional<StepOutcome> set = view.addon(AddonEnv.NAME)
                .map(addon -> AddonEnv.set(addon, params.env(), progress)
                        .or(() -> KeptValues.blocked(view, addon, params.env(), progress)))
                .orElseGet(() -> DaemonSetEnv.set(awsNode.get(), params.env(), progress));
        return set.or(() -> rolled(view, awsNode.get(), params.env(), progress))
                .or(() -> FreeAddresses.missing(view, params.freeAddresses(), progress, lastWrite(progress)))
                .orElseGet(() -> Outcomes.done(
                        "aws-node runs with " + Count.of(params.env().size(), "variable") + " on "
                                + Count.of(awsNode.get().desired(), "node")));
    }

    /** Whether aws-node has the values, wherever in its roll it is. */
    static boolean inForce(View view, Map<String, String> env) {
        return view.awsNode()
                .filter(w -> DaemonSetEnv.missing(w, given(env)).isEmpty())
                .isPresent();
    }

    /** What the add-on no longer sets falls back to its default, which may be any. */
    private static Map<String, String> given(Map<String, String> env) {
        return env.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<StepOutcome> rolled(
            View view, Workload awsNode, Map<String, String> env, Progress progress) {
        if (!DaemonSetEnv.missing(awsNode, given(env)).isEmpty()) {
            return Optional.of(Outcomes.notYet(10, "waiting for the add-on to change aws-node"));
        }
        return Settling.of(view, awsNode, progress);
    }

    private static Optional<Progress.Entry> lastWrite(Progress progress) {
        return AddonEnv.last(progress).or(() -> DaemonSetEnv.last(progress));
    }

    @Override
    public StepOutcome back(View view, SetVpcCniEnv params, Progress progress) {
        Optional<Addon> addon = view.addon(AddonEnv.NAME);
        StepOutcome outcome = addon.isPresent() && AddonEnv.last(progress).isPresent()
                ? AddonEnv.restore(addon.get(), params.env(), progress)
                : Restore.of(progress, DaemonSetEnv.AWS_NODE, view.awsNode().map(Pictures::of));
        return Outcomes.isDone(outcome)
                ? view.awsNode().flatMap(w -> Settling.of(view, w, progress)).orElse(outcome)
                : outcome;
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.ADDONS, Part.WORKLOADS, Part.PODS, Part.SUBNETS);
    }

    /** The variables as they are: many hold a list, to which the plan adds and which is written whole. */
    @Override
    public List<Fact> facts(View view, SetVpcCniEnv params) {
        Stream<Fact> version =
                view.addon(AddonEnv.NAME).map(a -> Facts.same(view, "addons/" + a.name(), "version")).stream();
        Stream<Fact> variables = view.awsNode().stream()
                .flatMap(w -> params.env().keySet().stream()
                        .sorted()
                        .map(name -> "podSpec.containers[name=aws-node].env[name=" + name + "].value")
                        .map(field -> Facts.same(view, "workloads/" + w.key(), field)));
        return Stream.concat(version, variables).toList();
    }
}
