package io.cnishift.api.roll;

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
public record GroupDraft(
        NodeGroup old,
        String target,
        List<Node> nodes,
        int maxPods,
        Optional<String> imageId,
        OptionalInt hopLimit,
        SurgeDraft surge,
        Optional<SurgeDraft> canary) {

    /** Nothing is missing. */
    public GroupDraft {
        Objects.requireNonNull(old);
        Objects.requireNonNull(target);
        nodes = List.copyOf(nodes);
        Objects.requireNonNull(imageId);
        Objects.requireNonNull(hopLimit);
        Objects.requireNonNull(surge);
        Objects.requireNonNull(canary);
    }

    /** Name of the old group. */
    public String name() {
        return old.name();
    }

    /** Whether nodes are replaced within the group. */
    public boolean sameGroup() {
        return target.equals(old.name());
    }

    /** Whether its new nodes admit as many pods as the plan says: the group says how its nodes are launched. */
    public boolean settable() {
        return hasTemplate() || ofKarpenter();
    }

    /** Whether so many admitted pods keep back more memory than one of its nodes should give; of a group without nodes not. */
    public boolean shortOfMemory() {
        return nodes.stream().anyMatch(n -> MaxPodsRule.tooManyFor(n, maxPods));
    }

    /** Whether its nodes come from a launch template that a new version can be made of. */
    public boolean hasTemplate() {
        return old.launchTemplate().isPresent();
    }

    /** Whether Karpenter makes its nodes. */
    public boolean ofKarpenter() {
        return old.kind() == NodeGroup.Kind.KARPENTER;
    }

    /** Id of the step that makes the node class of a twin NodePool. */
    public String classStep() {
        return "class-" + old.name();
    }

    /** Id of the step that gives a twin NodePool its disruption settings back. */
    public String releaseStep() {
        return "release-" + target;
    }

    /** Id of the step that makes its launch template version. */
    public String templateStep() {
        return "template-" + old.name();
    }

    /** Id of the step that makes the new group. */
    public String groupStep() {
        return "group-" + old.name();
    }

    /** Id of the step that makes its first new nodes ahead of the roll. */
    public String canaryStep() {
        return "canary-" + old.name();
    }

    /** Id of the step that replaces its nodes. */
    public String rollStep() {
        return "roll-" + old.name();
    }

    /** As many nodes as the new side of this group may ever have. */
    public int mostNodes() {
        return Math.max(old.maxSize(), nodes.size() + mostExtra());
    }

    /** As many extra nodes as it ever has at once. */
    public int mostExtra() {
        return Math.max(surge.maxSurge(), canary.map(SurgeDraft::maxSurge).orElse(0));
    }

    /** As many first nodes as a subnet may get. */
    int canariesIn(String subnet) {
        return canary.map(c -> c.bySubnet().getOrDefault(subnet, 0)).orElse(0);
    }
}
