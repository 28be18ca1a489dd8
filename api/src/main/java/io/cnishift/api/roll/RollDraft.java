package io.cnishift.api.roll;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Workload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Every decision about replacing the nodes of one cluster, made once for assessment and plan alike. Total: what stands against
 * it is among the {@link #findings}.
 *
 * <p>{@link #of(RollSite)} makes one where a roll is all there is. A strategy with first nodes of its own, or with workloads that
 * stay, makes the parts itself, in the order of the components.
 *
 * @param site the cluster, the wishes and the new nodes
 * @param addresses what new nodes may take from the subnets
 * @param groups what becomes of each node group, in order of name
 * @param movement how pods move
 */
public record RollDraft(RollSite site, AddressDraft addresses, List<GroupDraft> groups, Movement movement) {

    /** Nothing is missing. */
    public RollDraft {
        Objects.requireNonNull(site);
        Objects.requireNonNull(addresses);
        groups = List.copyOf(groups);
        Objects.requireNonNull(movement);
    }

    /** A roll before which old nodes stay as they are. */
    public static RollDraft of(RollSite site) {
        return of(site, AddressDraft.of(site));
    }

    /** A roll with these addresses, of which nothing stays by an option of the strategy. */
    public static RollDraft of(RollSite site, AddressDraft addresses) {
        return new RollDraft(
                site,
                addresses,
                groups(site, addresses, Map.of()),
                Movement.of(site, Set.of(), HostPortRule.unchanged(site.nodes())));
    }

    /**
     * What becomes of each node group.
     *
     * @param first by name of the old group, new nodes that are there before anything is drained
     */
    public static List<GroupDraft> groups(RollSite site, AddressDraft addresses, Map<String, SurgeDraft> first) {
        return GroupDrafts.of(site, addresses, first);
    }

    /** Whether some nodes are not replaced, because of pods on them that stay. */
    public boolean partial() {
        return !movement.remaining().isEmpty();
    }

    /** Whether a node is not replaced, because of a pod on it that stays. */
    public boolean remains(Node node) {
        return site.view().podsOn(node.name()).stream()
                .anyMatch(p -> !p.finished()
                        && p.workload().filter(movement.remaining()::contains).isPresent());
    }

    /** Pods that nodes admit which no group replaces: those of Windows, of Fargate, and of groups that are left out. */
    public long admittedBesides() {
        return site.view().nodes().stream()
                .filter(n -> groups.stream().noneMatch(g -> g.nodes().contains(n)))
                .mapToLong(Node::maxPods)
                .sum();
    }

    /** What is to be known about the roll, each finding once and worst first; none is accepted yet. */
    public List<Finding> findings() {
        return RollFindings.of(this);
    }

    /** Its steps. */
    public RollSteps steps() {
        return new RollSteps(this);
    }

    /** Controllers in the cluster that add, remove or restart nodes and do not run meanwhile, {@code Kind/namespace/name}. */
    public List<String> controllers() {
        return site.view().workloads().stream()
                .filter(Parking::controls)
                .map(Workload::key)
                .toList();
    }

    /** Addresses of each subnet now, at the worst moment and at the end. */
    public List<Assessment.SubnetBudget> budgets() {
        return AddressBudgets.of(this);
    }

    /** Nodes paid for on top, until a rehearsal has measured them. */
    public Assessment.Cost cost() {
        return Expense.of(groups);
    }

    /**
     * Pods that move and nodes that are replaced.
     *
     * @param controllersRestarted workloads that the strategy restarts besides
     */
    public Assessment.Disruption disruption(int controllersRestarted) {
        int nodes = (int) groups.stream()
                .flatMap(g -> g.nodes().stream())
                .filter(n -> !remains(n))
                .count();
        return new Assessment.Disruption(movement.movedPods(), nodes, controllersRestarted);
    }
}
