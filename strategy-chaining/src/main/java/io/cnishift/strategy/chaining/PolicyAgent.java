package io.cnishift.strategy.chaining;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.ChangeAddon;
import io.cnishift.api.step.RemoveManifest;
import io.cnishift.api.step.RestoreManifests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agent of the VPC CNI that enforces network policies; two of them on one pod interface contradict each other.
 *
 * <p>Switched off while there is a policy that it knows, it crashes and takes aws-node along, and what it attached to pods
 * stays. So policies are withdrawn first, which lets it clean up, and come back when Cilium is about to enforce them. It is
 * switched off once no PolicyEndpoint is left of them; agents hear of that with the next event of their watch.
 *
 * @param policies those there are, in order of their keys
 */
record PolicyAgent(boolean byAddon, List<NetworkPolicy> policies) {

    private static final String ADDON = "vpc-cni";
    private static final String SWITCH = "enableNetworkPolicy";
    private static final String AWS_NODE = "DaemonSet/kube-system/aws-node";
    private static final Gate SERVING = new Gate(List.of("VPC-CNI-SETTLED", "DNS-ANSWERS", "SERVICES-SERVE"), 2);

    /** Passes of a gate are ten seconds apart, in which agents take off what they attached for a policy that is gone. */
    private static final Gate FORGOTTEN = new Gate(List.of(ForgottenPolicies.CODE, "VPC-CNI-SETTLED"), 2);

    PolicyAgent {
        policies = List.copyOf(policies);
    }

    static PolicyAgent of(View view) {
        boolean byAddon = view.addon(ADDON)
                .flatMap(a -> Tree.text(a.configuration(), SWITCH))
                .filter("true"::equals)
                .isPresent();
        return new PolicyAgent(
                byAddon,
                view.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                        .sorted(Comparator.comparing(NetworkPolicy::key))
                        .toList());
    }

    /** Whether policies are not enforced for a while; where there is none, nobody misses the agent. */
    boolean pauses() {
        return byAddon && !policies.isEmpty();
    }

    /** The steps that switch it off, in order; none where no add-on says that it runs. */
    List<Step> off() {
        List<Step> steps = new ArrayList<>();
        if (byAddon) {
            policies.forEach(p -> steps.add(withdraw(p)));
            if (!steps.isEmpty()) {
                steps.add(steps.remove(steps.size() - 1).gated(FORGOTTEN));
            }
            steps.add(switchOff());
        }
        return steps;
    }

    /** The step that brings the policies back. */
    Optional<Step> restored() {
        return pauses()
                ? Optional.of(StepDraft.of(
                        "restore-policies",
                        new RestoreManifests(
                                policies.stream().map(PolicyAgent::id).toList()),
                        "Cilium is about to enforce them; its agents know them by then",
                        policies.stream().map(PolicyAgent::touched).toList(),
                        "they stay, and the VPC CNI's agent enforces them once it is on again"))
                : Optional.empty();
    }

    private static Step withdraw(NetworkPolicy policy) {
        return StepDraft.of(
                id(policy),
                new RemoveManifest("networking.k8s.io/v1", "NetworkPolicy", policy.namespace(), policy.name()),
                "the agent crashes when it is switched off while it has a policy, and leaves on pods what it attached for it",
                List.of(touched(policy)),
                "it is made again once the agent is on");
    }

    private static Step switchOff() {
        return StepDraft.of(
                        "switch-off-policy-agent",
                        new ChangeAddon(
                                ADDON, Map.of(SWITCH, "false"), Optional.empty(), Optional.empty(), List.of(AWS_NODE)),
                        "Cilium and this agent would both hook into the interface of each pod",
                        List.of(Part.ADDONS + "/" + ADDON, Part.WORKLOADS + "/" + AWS_NODE),
                        "the add-on gets its recorded configuration back, and its agent enforces policies again")
                .gated(SERVING);
    }

    private static String id(NetworkPolicy policy) {
        // a namespace has no dot, so a/b-c and a-b/c stay two
        return "withdraw-" + policy.namespace() + "." + policy.name();
    }

    private static String touched(NetworkPolicy policy) {
        return Part.NETWORK_POLICIES + "/" + policy.key();
    }
}
