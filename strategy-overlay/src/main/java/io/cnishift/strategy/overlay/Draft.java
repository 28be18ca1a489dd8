package io.cnishift.strategy.overlay;

import io.cnishift.api.roll.AddressDraft;
import io.cnishift.api.roll.GroupDraft;
import io.cnishift.api.roll.Movement;
import io.cnishift.api.roll.PodTargets;
import io.cnishift.api.roll.RollDraft;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every decision about one cluster, made once for assessment and plan alike. Total: a decision that cannot be made is empty,
 * and a check says why.
 *
 * @param canaries new nodes that are made before anything is drained
 * @param roll what becomes of each node group, and how every other pod is moved
 * @param pool the slice of the pod range for each node; empty when pods have addresses of the VPC
 * @param chart the Cilium chart with its values; empty when the range has no slice to configure
 * @param balancers what load balancers send to pod addresses
 * @param security what security groups let through
 * @param targets what the control plane calls on pod addresses
 * @param moves how these get onto the host network; empty when an option leaves them where they are
 */
record Draft(
        Site site,
        Canaries canaries,
        RollDraft roll,
        Optional<PoolDraft> pool,
        Optional<ChartDraft> chart,
        PodTargets balancers,
        SecurityDraft security,
        ControlPlaneTargets targets,
        List<HostNetworkMove> moves) {

    Draft {
        Objects.requireNonNull(site);
        Objects.requireNonNull(roll);
        moves = List.copyOf(moves);
    }

    static Draft of(Site site) {
        AddressDraft addresses = AddressDraft.of(site.roll());
        ControlPlaneTargets targets = site.overlay() ? ControlPlaneTargets.of(site) : ControlPlaneTargets.none(site);
        Canaries canaries = Canaries.of(site, addresses, targets);
        List<GroupDraft> groups = RollDraft.groups(site.roll(), addresses, canaries.byGroup());
        Optional<PoolDraft> pool = site.overlay() ? Optional.of(PoolDraft.of(site, groups)) : Optional.empty();
        Optional<ChartDraft> chart =
                pool.map(p -> ChartDraft.of(site, p)).orElseGet(() -> Optional.of(ChartDraft.of(site)));
        SecurityDraft security = SecurityDraft.of(site);
        List<HostNetworkMove> moves = site.leavesControlPlanePods()
                ? List.of()
                : chart.map(c -> HostNetworkMoves.of(
                                site,
                                targets,
                                canaries,
                                c,
                                port -> security.missingFromControlPlane(port).isEmpty()))
                        .orElse(List.of());
        Movement movement = Movement.of(site.roll(), staying(site, targets), new MovedHostPorts(site, canaries, moves));
        return new Draft(
                site,
                canaries,
                new RollDraft(site.roll(), addresses, groups, movement),
                pool,
                chart,
                site.overlay() ? PodTargets.of(site.view()) : PodTargets.NONE,
                security,
                targets,
                moves);
    }

    /** Workloads that an option leaves where they are. */
    private static Set<String> staying(Site site, ControlPlaneTargets targets) {
        Set<String> staying = new TreeSet<>();
        if (site.leavesControlPlanePods()) {
            targets.targets().forEach(t -> staying.add(t.workload().key()));
        }
        if (site.options().securityGroupsForPods() == OverlayOptions.PodSecurityGroups.LEAVE) {
            staying.addAll(PodGroups.workloads(site.view()));
        }
        return staying;
    }

    List<GroupDraft> groups() {
        return roll.groups();
    }

    Movement movement() {
        return roll.movement();
    }

    /** Whether nodes stay with the VPC CNI at the end, because something on them does. */
    boolean hybridEnd() {
        return roll.partial();
    }
}
