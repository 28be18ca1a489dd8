package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Target;
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

    /** The plan, unless a finding stops it. */
    static PlanResult result(Draft draft, List<Finding> findings) {
        return draft.chart()
                .filter(chart -> findings.stream().noneMatch(Finding::stops))
                .map(chart -> (PlanResult) new PlanResult.Planned(build(draft, chart, findings), findings))
                .orElseGet(() -> new PlanResult.Refused(findings));
    }

    private static MigrationPlan build(Draft draft, ChartDraft chart, List<Finding> findings) {
        Site site = draft.site();
        Cluster cluster = site.view().cluster();
        return new MigrationPlan(
                MigrationPlan.FORMAT,
                site.options().strategy(),
                new Target(
                        site.snapshot().source(),
                        cluster.name(),
                        cluster.account(),
                        cluster.arn(),
                        cluster.region(),
                        cluster.kubeSystemUid()),
                PlanOptions.of(site.options().options()),
                used(site.request().consents(), findings),
                List.of(),
                draft.movement().remaining(),
                phases(draft, chart));
    }

    static List<Phase> phases(Draft draft, ChartDraft chart) {
        List<Phase> phases = new ArrayList<>();
        add(phases, "preflight", EntryPhases.preflight());
        add(phases, "free-addresses", EntryPhases.freeAddresses(draft));
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
        add(phases, "cleanup", ExitPhases.cleanup(draft));
        return phases;
    }

    /** What cannot wait for new nodes, then these nodes, then what moves to them. */
    private static List<Step> onNewNodes(Draft draft) {
        List<Step> steps = new ArrayList<>(GroundPhases.hostNetwork(draft));
        steps.addAll(RollPhase.canaries(draft));
        steps.addAll(GroundPhases.hostNetworkOnNewNodes(draft));
        return steps;
    }

    private static void add(List<Phase> phases, String id, List<Step> steps) {
        if (!steps.isEmpty()) {
            phases.add(new Phase(id, steps));
        }
    }

    /** The consents that some finding of this plan asked for. */
    private static List<Consent> used(List<Consent> consents, List<Finding> findings) {
        return consents.stream()
                .filter(c -> findings.stream()
                        .anyMatch(f -> f.accepted().filter(c::equals).isPresent()))
                .toList();
    }
}
