package io.cnishift.strategy.overlay;

import static io.cnishift.strategy.overlay.Steps.touch;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.AllowIngress;
import io.cnishift.api.step.UseHostNetwork;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.NodePortRule;
import io.cnishift.cilium.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The phases that keep ways open: for the control plane to the pods it calls, and for nodes to each other. */
final class GroundPhases {

    private GroundPhases() {}

    static List<Step> hostNetwork(Draft draft) {
        List<Step> steps = new ArrayList<>();
        hostPortRules(draft)
                .forEach((group, rules) -> steps.add(StepDraft.of(
                        StepIds.admitHostPorts(group),
                        new AllowIngress(group, rules),
                        "pods on the host network are called on the node's address, which this security group guards",
                        List.of(touch(Part.SECURITY_GROUPS, group)),
                        "the rules are revoked")));
        draft.moves().stream()
                .filter(m -> !draft.canaries().takes(m.workload()))
                .forEach(move -> steps.add(move(draft, move, "")));
        return steps;
    }

    /** Moves that wait for new nodes. */
    static List<Step> hostNetworkOnNewNodes(Draft draft) {
        return draft.moves().stream()
                .filter(m -> draft.canaries().takes(m.workload()))
                .map(move -> move(draft, move, Migration.CILIUM_NODE_LABEL))
                .toList();
    }

    /** Rules that let the control plane and other nodes reach the host ports that they will call, by security group. */
    static Map<String, List<SecurityGroup.Rule>> hostPortRules(Draft draft) {
        Map<String, List<SecurityGroup.Rule>> rules = new TreeMap<>();
        fromControlPlane(draft)
                .forEach((port, holes) -> add(rules, holes, port, "control plane to pods on the host network"));
        fromNodes(draft)
                .forEach((port, holes) -> add(rules, holes, port, "nodes to Services of pods on the host network"));
        return rules;
    }

    /** By port, what keeps the control plane from pods on the host network. */
    static Map<Integer, List<SecurityDraft.Missing>> fromControlPlane(Draft draft) {
        Map<Integer, List<SecurityDraft.Missing>> missing = new TreeMap<>();
        draft.moves().stream()
                .flatMap(m -> m.reached().stream())
                .forEach(port -> missing.put(port, draft.security().missingFromControlPlane(port)));
        missing.values().removeIf(List::isEmpty);
        return missing;
    }

    /** By port, what keeps nodes from pods on the host network of other nodes. */
    static Map<Integer, List<SecurityDraft.Missing>> fromNodes(Draft draft) {
        Map<Integer, List<SecurityDraft.Missing>> missing = new TreeMap<>();
        draft.moves().stream()
                .flatMap(m -> m.served().stream())
                .forEach(port -> missing.put(port, draft.security().missingBetweenNodes("tcp", port)));
        missing.values().removeIf(List::isEmpty);
        return missing;
    }

    private static void add(
            Map<String, List<SecurityGroup.Rule>> rules, List<SecurityDraft.Missing> holes, int port, String what) {
        SecurityDraft.rules(holes, "tcp", port, port, what)
                .forEach((group, more) ->
                        rules.computeIfAbsent(group, g -> new ArrayList<>()).addAll(more));
    }

    private static Step move(Draft draft, HostNetworkMove move, String newNodes) {
        List<String> touches = new ArrayList<>();
        touches.add(touch(Part.WORKLOADS, move.workload().key()));
        new TreeSet<>(move.servicePatches().keySet()).forEach(s -> touches.add(touch(Part.SERVICES, s)));
        Step step = StepDraft.of(
                move.step(),
                new UseHostNetwork(move.workload().key(), move.patch(), move.servicePatches(), newNodes),
                "the control plane calls it for " + move.called()
                        + " and has no route to overlay addresses; a node's address it reaches"
                        + (move.ports().isEmpty() ? "" : "; " + move.moved()),
                touches,
                "the template, the update strategy and the Services get their recorded fields back");
        boolean owner = draft.site().ownersMoveControlPlanePods()
                || move.workload().owner().insists();
        return owner ? Steps.byOwner(step) : step;
    }

    static List<Step> securityGroups(Draft draft) {
        List<Step> steps = new ArrayList<>();
        nodeRules(draft)
                .forEach((group, rules) -> steps.add(StepDraft.of(
                        StepIds.allow(group),
                        new AllowIngress(group, rules),
                        draft.site().overlay()
                                ? "all traffic between pods of different nodes travels in VXLAN, which this security group does"
                                        + " not let through"
                                : "Cilium's agents ask each other whether they are well, which this security group does not"
                                        + " let through",
                        List.of(touch(Part.SECURITY_GROUPS, group)),
                        "the rules are revoked")));
        return steps;
    }

    /** Rules that nodes of both sides need towards each other and do not have, by security group. */
    static Map<String, List<SecurityGroup.Rule>> nodeRules(Draft draft) {
        Map<String, List<SecurityGroup.Rule>> rules = new TreeMap<>();
        for (NodePortRule rule : betweenNodes(draft)) {
            boolean icmp = rule.protocol() == NodePortRule.Protocol.ICMP;
            SecurityDraft.rules(
                            draft.security().missingBetweenNodes(SecurityDraft.protocol(rule), rule.from()),
                            SecurityDraft.protocol(rule),
                            rule.from(),
                            icmp ? -1 : rule.to(),
                            "Cilium: " + rule.neededFor())
                    .forEach((group, more) ->
                            rules.computeIfAbsent(group, g -> new ArrayList<>()).addAll(more));
        }
        return rules;
    }

    static List<NodePortRule> betweenNodes(Draft draft) {
        return draft.chart()
                .map(c -> Ports.betweenNodes(c.version(), c.hubble().over(c.user())))
                .orElse(List.of());
    }
}
