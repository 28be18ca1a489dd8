package io.cnishift.api;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.plan.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a strategy would give this cluster and cost it, before any rehearsal. Addresses are counts of IPv4 addresses. */
public record Assessment(
        List<Finding> findings,
        Capacity capacity,
        List<SubnetBudget> ipBudget,
        Disruption disruption,
        Cost cost,
        Features features,
        Reversible reversible) {

    /** Pod slots per node by instance type, and the pods that the whole cluster can then run. */
    public record Capacity(Map<String, Integer> maxPodsPerNode, long clusterMaxPods) {}

    /** Addresses of one subnet now, at the worst moment and at the end; a subnet to be made has its CIDR as id. */
    public record SubnetBudget(
            String subnet,
            String availabilityZone,
            Cidr cidr,
            int usable,
            int usedNow,
            int peakDuring,
            int usedAfter) {}

    /** What workloads would notice. */
    public record Disruption(int podsRestarted, int nodesReplaced, int controllersRestarted) {}

    /** Nodes paid for on top: node-hours in all, and the most at once. */
    public record Cost(double extraNodeHours, int peakExtraNodes) {}

    /** What the cluster can do afterwards, and what it cannot any more. */
    public record Features(List<String> gained, List<String> lost) {}

    /** The first step that cannot be taken back, if there is one, and what going back means. */
    public record Reversible(Optional<String> pointOfNoReturn, String note) {}

    public Assessment {
        findings = List.copyOf(findings);
        ipBudget = List.copyOf(ipBudget);
    }

    /** Whether no blocker stands that the strategy's own plan does not cure. */
    public boolean feasible() {
        return findings.stream()
                .noneMatch(f -> f.severity() == Severity.BLOCKER && f.curedBy().isEmpty());
    }
}
