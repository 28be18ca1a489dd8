package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether there is room for extra nodes, and whether the options about them agree with each other and with the cluster. */
final class SurgeFindings {

    private final RollDraft draft;
    private final RollSite site;
    private final List<Finding> findings = new ArrayList<>();

    private SurgeFindings(RollDraft draft) {
        this.draft = draft;
        this.site = draft.site();
    }

    static List<Finding> of(RollDraft draft) {
        SurgeFindings surge = new SurgeFindings(draft);
        surge.namesGroups();
        surge.agreesWithUnavailable();
        draft.groups().forEach(surge::group);
        draft.groups().forEach(surge::alone);
        surge.warmAddresses();
        return surge.findings;
    }

    private void add(RollCode code, String subject, String message, String remedy) {
        findings.add(site.finding(code, subject, message, remedy));
    }

    private void namesGroups() {
        Set<String> unknown = new TreeSet<>(site.options().surge().keySet());
        List<String> groups = site.groups().stream().map(NodeGroup::name).toList();
        groups.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            add(
                    RollCode.OPTIONS_CONFLICT,
                    "option surge",
                    "there is no node group " + String.join(", ", unknown) + " to be replaced",
                    "name one of " + String.join(", ", groups));
        }
    }

    private void agreesWithUnavailable() {
        int drained = site.options().maxUnavailable().orElse(1);
        draft.groups().stream()
                .filter(g -> g.surge().wanted() > 0 && g.surge().wanted() < drained)
                .findFirst()
                .ifPresent(g -> add(
                        RollCode.OPTIONS_CONFLICT,
                        "option maxUnavailable",
                        drained + " nodes of " + g.name() + " cannot be drained at once onto "
                                + Count.of(g.surge().wanted(), "extra one"),
                        "set surge." + g.name() + "=" + drained + ", or a lower maxUnavailable"));
    }

    private void group(GroupDraft group) {
        if (!group.surge().limited()) {
            return;
        }
        int have = group.surge().maxSurge();
        if (have == 0
                && !site.newNodes().judgesAddresses()
                && group.surge().bound() == Ceiling.Bound.ADDRESSES
                && stranded(group)) {
            missing(group);
            return;
        }
        add(
                RollCode.SURGE_LIMITED,
                "node group " + group.name(),
                bound(group) + " " + have + " of " + group.surge().wanted() + " extra nodes"
                        + (have == 0 ? ", so each node is drained before its replacement is made" : ""),
                have == 0
                        ? more(group) + ", or see to it that pods fit on the other nodes"
                        : "nothing to do: it takes longer");
        if (site.options().surge().containsKey(group.name())) {
            add(
                    RollCode.OPTIONS_CONFLICT,
                    "option surge." + group.name(),
                    group.surge().wanted() + " extra nodes were asked for and " + (have == 0 ? "none" : have)
                            + " can be had",
                    "ask for " + have + ", or " + more(group) + " first");
        }
    }

    /** A rollout in a group whose only node is drained first finds no node for its second pod. */
    private void alone(GroupDraft group) {
        if (group.surge().maxSurge() > 0 || group.nodes().size() != 1) {
            return;
        }
        Node node = group.nodes().get(0);
        site.view().podsOn(node.name()).stream()
                .filter(p -> !p.finished() && !draft.remains(node))
                .flatMap(p -> p.workload().stream())
                .filter(draft.movement().byRollout()::contains)
                .findFirst()
                .ifPresent(
                        workload -> add(
                                RollCode.NO_NODE_BESIDE,
                                "node group " + group.name(),
                                "its one node is drained before there is another, and " + workload
                                        + " on it is moved by a rollout, which needs one",
                                (group.surge().limited() ? more(group) : "set surge." + group.name() + "=1")
                                        + ", or set singletons=evict and accept the gap, or singletons=defer and keep the node"));
    }

    /** Whether pods of a node that is drained first would find fewer addresses on the other nodes than they need. */
    private boolean stranded(GroupDraft group) {
        return group.nodes().stream().anyMatch(node -> pods(node) > elsewhere(node));
    }

    private void missing(GroupDraft group) {
        Node busiest = group.nodes().stream()
                .max(Comparator.comparing((Node node) -> pods(node) - elsewhere(node)))
                .orElseThrow();
        String missing = draft.addresses().missing(site, group.old()).entrySet().stream()
                .map(e -> Count.of(e.getValue(), "address is", "addresses are") + " missing in " + e.getKey())
                .collect(Collectors.joining(", "));
        int given = group.old().subnets().stream()
                .mapToInt(id -> Math.max(0, draft.addresses().given(site, id)))
                .sum();
        add(
                RollCode.NO_ADDRESSES,
                "node group " + group.name(),
                missing + " for one new node, "
                        + (given == 0
                                ? "and nodes have no warm ones to give back"
                                : "the " + given + " warm ones that nodes give back included")
                        + "; drained first, " + busiest.name() + " would send " + Count.of(pods(busiest), "pod")
                        + " to nodes that hold "
                        + Count.of(elsewhere(busiest), "unused address", "unused addresses"),
                "free that many there, or add a subnet with free addresses to the group");
    }

    private int pods(Node node) {
        return Fleet.podsWithAddress(site.view(), node).size();
    }

    private int elsewhere(Node node) {
        return site.nodes().stream()
                .filter(n -> !n.equals(node))
                .mapToInt(n -> Fleet.spareAddresses(site.view(), n))
                .sum();
    }

    /** What has room for some extra nodes, up to the number. */
    private String bound(GroupDraft group) {
        return switch (group.surge().bound()) {
            case ADDRESSES -> "its subnets have addresses for";
            case RESERVATION -> "its capacity reservation " + reservation(group) + " has instances for";
            case NODE_LIMIT ->
                "the cluster has " + Count.of(Ceiling.machines(site.view()), "node") + " of at most "
                        + site.view().cluster().nodeLimit().orElse(0) + ", which leaves room for";
        };
    }

    private static String more(GroupDraft group) {
        return switch (group.surge().bound()) {
            case ADDRESSES ->
                "free addresses in " + String.join(", ", group.old().subnets());
            case RESERVATION -> "enlarge capacity reservation " + reservation(group);
            case NODE_LIMIT -> "raise the limit of nodes";
        };
    }

    private static String reservation(GroupDraft group) {
        return group.old()
                .launchTemplate()
                .flatMap(NodeGroup.LaunchTemplate::reservation)
                .map(NodeGroup.CapacityReservation::id)
                .orElse("");
    }

    private void warmAddresses() {
        draft.addresses()
                .waitFor()
                .forEach((subnet, count) -> findings.add(site.finding(
                                RollCode.WARM_ADDRESSES,
                                "subnet " + subnet,
                                Count.of(free(subnet), "address is", "addresses are") + " free and "
                                        + AddressDraft.reserve(site, subnet)
                                        + " of them are left to others; nodes give back "
                                        + AddressDraft.assured(site, subnet) + " warm ones",
                                "the plan lowers the warm targets and waits for "
                                        + Count.of(count, "free address", "free addresses"))
                        .curedBy(RollSteps.FREE_WARM)));
    }

    private int free(String subnet) {
        return site.view().subnet(subnet).map(Subnet::freeAddresses).orElse(0);
    }
}
