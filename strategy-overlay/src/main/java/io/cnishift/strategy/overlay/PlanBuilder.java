package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.draft.StepDraft;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a draft down as a plan. The order of the phases is the migration:
 *
 * <ol>
 *   <li>look (preflight), make room (free-addresses);
 *   <li>take away what a pod without a VPC address would break (decouple-lb, security-groups);
 *   <li>keep aws-node where it is (fence), bring Cilium beside it (install);
 *   <li>move what the control plane calls to the first new nodes and the host network (host-network, before the fence where
 *       there can be no such nodes);
 *   <li>replace nodes (roll), refresh what holds old state (system-pods);
 *   <li>take the VPC CNI away (remove-vpc-cni, steady), optionally kube-proxy, add Hubble, clean up.
 * </ol>
 *
 * When something stays with the VPC CNI, the phases that take it away are left out.
 */
final class PlanBuilder {

    private PlanBuilder() {}

    /** The plan, unless a finding stops it. Without a chart some finding says why. */
    static PlanResult result(Draft draft, List<Finding> findings) {
        Site site = draft.site();
        return new PlanDraft(
                        site.options().strategy(),
                        site.options().options(),
                        findings,
                        draft.movement().remaining())
                .result(site.request(), () -> phases(draft, draft.chart().orElseThrow()));
    }

    static List<Phase> phases(Draft draft, ChartDraft chart) {
        List<Phase> phases = new ArrayList<>();
        add(phases, "preflight", List.of(StepDraft.preflight()));
        add(phases, "free-addresses", draft.roll().steps().freeAddresses());
        add(phases, "decouple-lb", EntryPhases.decoupleLoadBalancers(draft));
        if (!draft.canaries().any()) {
            add(phases, "host-network", GroundPhases.hostNetwork(draft));
        }
        add(phases, "security-groups", GroundPhases.securityGroups(draft));
        add(phases, "fence", FencePhases.fence(draft));
        add(phases, "install", FencePhases.install(draft, chart));
        if (draft.canaries().any()) {
            add(phases, "host-network", onNewNodes(draft));
        }
        add(phases, "roll", RollPhase.roll(draft));
        add(phases, "system-pods", ExitPhases.systemPods(draft));
        if (!draft.hybridEnd()) {
            add(phases, "remove-vpc-cni", ExitPhases.removeVpcCni(draft));
            add(phases, "steady", ExitPhases.steady(chart));
            add(phases, "kube-proxy", KubeProxyPhase.steps(draft, chart));
            add(phases, "hubble", ExitPhases.hubble(draft, chart));
        }
        add(phases, "cleanup", draft.roll().steps().cleanup());
        return phases;
    }

    /** What cannot wait for new nodes, then these nodes, then what moves to them. */
    private static List<Step> onNewNodes(Draft draft) {
        List<Step> steps = new ArrayList<>(GroundPhases.hostNetwork(draft));
        steps.addAll(RollPhase.firstNodes(draft));
        steps.addAll(GroundPhases.hostNetworkOnNewNodes(draft));
        return steps;
    }

    private static void add(List<Phase> phases, String id, List<Step> steps) {
        if (!steps.isEmpty()) {
            phases.add(new Phase(id, steps));
        }
    }
}
