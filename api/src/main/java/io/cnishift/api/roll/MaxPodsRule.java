package io.cnishift.api.roll;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.KubeReserved;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * How many pods a new node admits when addresses are no longer what limits it.
 *
 * <p>What limits it then is memory: nodeadm keeps back 255 MiB and 11 MiB for each admitted pod, used or not. The rule takes
 * the largest of {@link #RUNGS} that is within what AWS advises for the node's vCPUs (110, above 30 of them 250) and whose
 * reservation stays within a quarter of the node's memory. The rungs are the two numbers that AWS advises and three below
 * them; each nearly fills a slice of the cluster pool (250 of 252 in a /24, 110 of 124, 58 of 60, all 28, all 12), so no
 * part of a slice is wasted. A t3.medium (4 GiB) gets 58, since 110 would reserve 1,465 MiB; an m5.large (8 GiB) gets 110.
 *
 * <p>A node that admits more today keeps its number unless it is above the advice and no node comes near it.
 */
public final class MaxPodsRule {

    /** Numbers of pods that the rule chooses from, largest first. */
    public static final List<Integer> RUNGS = List.of(250, 110, 58, 28, 12);

    /** The part of a node's memory that may be kept back, as a divisor. */
    private static final int QUARTER = 4;

    /** What nodeadm keeps free besides its reservation (evictionHard memory.available). */
    private static final int EVICTION_MIB = 100;

    private static final int MANY_VCPUS = 30;
    private static final int CAP_OF_MANY = 250;
    private static final int CAP = 110;

    private MaxPodsRule() {}

    /** The number for nodes like these, of which there is at least one: what the weakest of them bears. */
    public static int of(List<Node> nodes) {
        return nodes.stream().mapToInt(MaxPodsRule::of).min().orElseThrow();
    }

    /** What new nodes of a group admit as long as nothing changes: the most of these, or by the least of the group's types. */
    public static int unchanged(NodeGroup group, List<Node> nodes) {
        return nodes.isEmpty() ? byInterfaces(group) : admitted(nodes);
    }

    /** The least limit of the VPC CNI over the types of a group; the smallest rung when no type is known. */
    public static int byInterfaces(NodeGroup group) {
        return group.instanceTypes().stream()
                .flatMap(type -> Fleet.limits(type).stream())
                .mapToInt(limits ->
                        MaxPods.recommended(limits, PodMode.SECONDARY_IP).orElse(0))
                .filter(pods -> pods > 0)
                .min()
                .orElse(RUNGS.get(RUNGS.size() - 1));
    }

    /** Whether so many admitted pods keep back more than a quarter of a node's memory. */
    static boolean tooManyFor(Node node, int maxPods) {
        return KubeReserved.memoryMiB(maxPods) * (long) QUARTER > memoryMiB(node);
    }

    /** The most that one of these nodes admits now. */
    public static int admitted(List<Node> nodes) {
        return nodes.stream().mapToInt(Node::maxPods).max().orElse(0);
    }

    /** The largest number of pods on one of these nodes. */
    public static int busiest(List<Node> nodes, Function<String, Collection<Pod>> podsOn) {
        return nodes.stream().mapToInt(n -> podsOn.apply(n.name()).size()).max().orElse(0);
    }

    /** All memory of a node: what pods may have, what is kept back for the limit of now, and what must stay free. */
    public static long memoryMiB(Node node) {
        return node.memoryMiB() + KubeReserved.memoryMiB(Math.max(1, node.maxPods())) + EVICTION_MIB;
    }

    private static int of(Node node) {
        int cap = cap(node);
        int rung = RUNGS.stream()
                .filter(pods -> pods <= cap && !tooManyFor(node, pods))
                .max(Comparator.naturalOrder())
                .orElse(RUNGS.get(RUNGS.size() - 1));
        return node.maxPods() > cap ? cap : Math.max(rung, node.maxPods());
    }

    /** What AWS advises; of a type that is not in the table, by the processors that the node reports. */
    private static int cap(Node node) {
        return Fleet.limits(node.instanceType())
                .filter(limits -> limits.vcpus() > 0)
                .map(MaxPodsRule::cap)
                .orElse(node.cpuMillis() > MANY_VCPUS * 1000L ? CAP_OF_MANY : CAP);
    }

    private static int cap(InstanceLimits limits) {
        return MaxPods.cap(limits);
    }
}
