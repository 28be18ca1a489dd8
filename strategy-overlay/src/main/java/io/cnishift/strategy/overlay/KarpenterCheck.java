package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the NodePools of Karpenter can have twins, and what the twins mean for them. */
final class KarpenterCheck {

    static final String POOL = "karpenter.sh/nodepool";

    private KarpenterCheck() {}

    /** Pools that stand in the way of replacing their nodes. */
    static List<Finding> obstacles(View view) {
        List<Finding> findings = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        view.nodeGroups().stream()
                .filter(g -> g.kind() == NodeGroup.Kind.KARPENTER)
                .forEach(group -> {
                    known.add(group.name());
                    Optional<String> obstacle = TwinPool.obstacle(view, group);
                    obstacle.ifPresent(why -> findings.add(finding(group.name(), why)));
                });
        Fleet.nodes(view).stream()
                .flatMap(n -> Optional.ofNullable(n.labels().get(POOL)).stream())
                .filter(known::add)
                .forEach(pool -> findings.add(finding(pool, "it has nodes, but was not read itself")));
        return findings;
    }

    /** What becomes of the pools that have a twin. */
    static List<Finding> twins(Draft draft) {
        return draft.groups().stream()
                .filter(g -> g.old().kind() == NodeGroup.Kind.KARPENTER)
                .map(g -> SiteCode.NODEPOOL_TWIN.finding(
                        "NodePool " + g.name(),
                        "it is not edited; " + g.target() + " outweighs it and gets its pods"
                                + (draft.site().sameGroup() ? ", whatever nodes=same-group says of other groups" : ""),
                        "delete it when the migration is complete, or keep it below its twin"))
                .toList();
    }

    private static Finding finding(String pool, String why) {
        return SiteCode.KARPENTER.finding(
                "NodePool " + pool,
                why + ", so its nodes cannot be replaced",
                "see that it and its EC2NodeClass can be read and read the cluster again, or move its pods to another group");
    }
}
