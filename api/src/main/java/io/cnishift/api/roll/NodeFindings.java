package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Whether the nodes are well, and belong to somebody who replaces them. */
final class NodeFindings {

    private static final String POOL = "karpenter.sh/nodepool";
    private static final int NAMED = 3;

    private final RollSite site;
    private final List<Finding> findings = new ArrayList<>();

    private NodeFindings(RollSite site) {
        this.site = site;
    }

    static List<Finding> of(RollSite site) {
        NodeFindings nodes = new NodeFindings(site);
        nodes.many(n -> !n.ready(), RollCode.NODE_NOT_READY, "not Ready: ", "repair or replace them first");
        nodes.many(
                Node::unschedulable,
                RollCode.NODE_CORDONED,
                "cordoned: ",
                "uncordon them, or leave them: they are replaced too");
        nodes.many(
                n -> site.view().groupOf(n).isEmpty() && !n.labels().containsKey(POOL),
                RollCode.ORPHAN_NODE,
                "in no node group: ",
                "drain and terminate them, or tag their Auto Scaling group for the cluster");
        nodes.many(
                NodeFindings::al2,
                RollCode.AL2,
                "Amazon Linux 2: ",
                "move the group to Amazon Linux 2023 in the same change");
        nodes.pools();
        return nodes.findings;
    }

    private static boolean al2(Node node) {
        return node.osImage().startsWith("Amazon Linux 2 ") || node.osImage().equals("Amazon Linux 2");
    }

    /** One finding for all nodes of a kind, with the first few by name. */
    private void many(Predicate<Node> which, RollCode code, String what, String remedy) {
        List<String> hit = site.nodes().stream().filter(which).map(Node::name).toList();
        if (!hit.isEmpty()) {
            findings.add(site.finding(
                    code, hit.size() == 1 ? "node" : hit.size() + " nodes", what + Names.some(hit, NAMED), remedy));
        }
    }

    /** Pools of Karpenter that stand in the way of replacing their nodes. */
    private void pools() {
        Set<String> known = new TreeSet<>();
        site.view().nodeGroups().stream()
                .filter(g -> g.kind() == NodeGroup.Kind.KARPENTER)
                .forEach(group -> {
                    known.add(group.name());
                    TwinPool.obstacle(site.view(), group).ifPresent(why -> pool(group.name(), why));
                });
        site.nodes().stream()
                .flatMap(n -> Optional.ofNullable(n.labels().get(POOL)).stream())
                .filter(known::add)
                .forEach(pool -> pool(pool, "it has nodes, but was not read itself"));
    }

    private void pool(String pool, String why) {
        findings.add(
                site.finding(
                        RollCode.KARPENTER,
                        "NodePool " + pool,
                        why + ", so its nodes cannot be replaced",
                        "see that it and its EC2NodeClass can be read and read the cluster again, or move its pods to another group"));
    }
}
