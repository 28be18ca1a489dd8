package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What becomes of one node group.
 *
 * @param old the group as it is
 * @param target name of the group that takes over; the old one's own when nodes are replaced within it
 * @param nodes its nodes
 * @param maxPods what its new nodes admit
 * @param imageId image to write into the template because EKS would otherwise set max-pods itself
 * @param hopLimit response hop limit for the template, when it changes
 * @param surge extra nodes while it is replaced
 * @param canary extra nodes before anything of it is drained
 */
record GroupDraft(
        NodeGroup old,
        String target,
        List<Node> nodes,
        int maxPods,
        Optional<String> imageId,
        OptionalInt hopLimit,
        SurgeDraft surge,
        Optional<SurgeDraft> canary) {

    GroupDraft {
        Objects.requireNonNull(old);
        Objects.requireNonNull(target);
        nodes = List.copyOf(nodes);
        Objects.requireNonNull(imageId);
        Objects.requireNonNull(hopLimit);
        Objects.requireNonNull(surge);
        Objects.requireNonNull(canary);
    }

    String name() {
        return old.name();
    }

    boolean sameGroup() {
        return target.equals(old.name());
    }

    /** Whether its nodes come from a launch template that a new version can be made of. */
    boolean hasTemplate() {
        return old.launchTemplate().isPresent();
    }

    boolean ofKarpenter() {
        return old.kind() == NodeGroup.Kind.KARPENTER;
    }

    String classStep() {
        return "class-" + old.name();
    }

    String releaseStep() {
        return "release-" + target;
    }

    String templateStep() {
        return "template-" + old.name();
    }

    String groupStep() {
        return "group-" + old.name();
    }

    String canaryStep() {
        return "canary-" + old.name();
    }

    String rollStep() {
        return "roll-" + old.name();
    }

    /** As many nodes as the new side of this group may ever have. */
    int mostNodes() {
        return Math.max(old.maxSize(), nodes.size() + mostExtra());
    }

    /** As many extra nodes as it ever has at once. */
    int mostExtra() {
        return Math.max(surge.maxSurge(), canary.map(SurgeDraft::maxSurge).orElse(0));
    }

    /** As many first nodes as a subnet may get. */
    int canariesIn(String subnet) {
        return canary.map(c -> c.bySubnet().getOrDefault(subnet, 0)).orElse(0);
    }
}
