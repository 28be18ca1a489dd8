package io.cnishift.api.roll;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.plan.Gate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the nodes are like that a strategy puts in the place of the old ones. Pure and without state; asked any number of times.
 * A roll without a CNI of its own leaves the defaults as they are.
 */
public interface NewNodes {

    /** Id of the strategy; names of new groups end with it. */
    String strategy();

    /** What the codes of its findings begin with, as in {@code OVL-BARE-POD}. */
    String prefix();

    /** How it puts its reasons. */
    RollWords words();

    /** Key of the label that new nodes carry and old ones do not. A node that has it is not replaced. */
    default String label() {
        return "cnishift.io/" + strategy();
    }

    /** Value of that label. */
    default String labelValue() {
        return "true";
    }

    /** Labels of old groups that new nodes are not to have. */
    default Set<String> without() {
        return Set.of();
    }

    /** Taints with which new nodes join and which must be gone before they take pods. */
    default List<Taint> taints() {
        return List.of();
    }

    /** The range in which pods of new nodes have their addresses; empty: any. */
    default Optional<Cidr> podRange() {
        return Optional.empty();
    }

    /** Whether pods of old and new nodes do not reach each other. */
    default boolean apart() {
        return false;
    }

    /** What must hold before the next group is touched. */
    default Gate gate() {
        return new Gate(List.of("VPC-CNI-SETTLED", "DNS-READY", "SERVICES-SERVE"), 2);
    }

    /**
     * Pods that a new node of a group admits where the user names no number.
     *
     * @param nodes those that the group has now, perhaps none
     */
    int maxPods(NodeGroup group, List<Node> nodes);

    /** The same where EKS says it: a managed group whose launch template names no image, or that has none. */
    default int maxPodsByEks(NodeGroup group, List<Node> nodes) {
        return MaxPodsRule.unchanged(group, nodes);
    }

    /** Addresses that the successor of a node, with the same pods, takes from the subnet of that node; 1 or more. */
    int addresses(Node node);

    /**
     * Whether the strategy judges itself that nodes and pods find addresses. Otherwise a group that has none for a new node, and
     * whose pods found none elsewhere when a node is drained first, is refused.
     */
    default boolean judgesAddresses() {
        return false;
    }

    /** Whether load balancers send to the addresses of pods all the time, and the strategy says nothing of that itself. */
    default boolean keepsPodTargets() {
        return true;
    }

    /** Blocks of 16 addresses that it takes besides from that subnet, which {@link #addresses} counts too. */
    default int blocks(Node node) {
        return 0;
    }

    /**
     * The response hop limit of the metadata service on new nodes; empty: as it is.
     *
     * @param now what the template of the group says, where it says so
     */
    default OptionalInt hopLimit(OptionalInt now) {
        return OptionalInt.empty();
    }
}
