package io.cnishift.strategy.overlay;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Every decision about one cluster, made once for assessment and plan alike. Total: a decision that cannot be made is empty,
 * and a check says why.
 *
 * @param addresses what new nodes may take from the subnets
 * @param canaries new nodes that are made before anything is drained
 * @param groups what becomes of each node group
 * @param pool the slice of the pod range for each node; empty when pods have addresses of the VPC
 * @param chart the Cilium chart with its values; empty when the range has no slice to configure
 * @param balancers what load balancers send to pod addresses
 * @param security what security groups let through
 * @param targets what the control plane calls on pod addresses
 * @param moves how these get onto the host network; empty when an option leaves them where they are
 * @param movement how every other pod is moved
 */
record Draft(
        Site site,
        AddressDraft addresses,
        Canaries canaries,
        List<GroupDraft> groups,
        Optional<PoolDraft> pool,
        Optional<ChartDraft> chart,
        BalancerDraft balancers,
        SecurityDraft security,
        ControlPlaneTargets targets,
        List<HostNetworkMove> moves,
        Movement movement) {

    Draft {
        Objects.requireNonNull(site);
        groups = List.copyOf(groups);
        moves = List.copyOf(moves);
    }

    static Draft of(Site site) {
        AddressDraft addresses = AddressDraft.of(site);
        ControlPlaneTargets targets = site.overlay() ? ControlPlaneTargets.of(site) : ControlPlaneTargets.none(site);
        Canaries canaries = Canaries.of(site, addresses, targets);
        List<GroupDraft> groups = GroupDrafts.of(site, addresses, canaries);
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
        return new Draft(
                site,
                addresses,
                canaries,
                groups,
                pool,
                chart,
                site.overlay() ? BalancerDraft.of(site.view()) : BalancerDraft.NONE,
                security,
                targets,
                moves,
                Movement.of(site, targets, canaries, moves));
    }

    /** Whether nodes stay with the VPC CNI at the end, because something on them does. */
    boolean hybridEnd() {
        return !movement.remaining().isEmpty();
    }
}
