package io.cnishift.strategy.customnetworking;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.MaxPodsRule;
import io.cnishift.api.roll.NewNodes;
import io.cnishift.api.roll.RollWords;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * New nodes with the VPC CNI in another mode: how many pods they admit, and which addresses they hold.
 *
 * @param strategy id of the strategy that makes them
 * @param mode how aws-node gives addresses on them
 * @param settings the warm targets in force by then
 * @param admitted pods that each is to admit; empty: as many as its type carries
 * @param podRange in which their pods have addresses; empty: that of the node's subnet
 * @param gate what must hold after each group
 */
record VpcCniNodes(
        View view,
        String strategy,
        PodMode mode,
        WarmPoolSettings settings,
        OptionalInt admitted,
        Optional<Cidr> podRange,
        Gate gate,
        RollWords words)
        implements NewNodes {

    @Override
    public String prefix() {
        return Code.PREFIX;
    }

    @Override
    public int maxPods(NodeGroup group, List<Node> nodes) {
        return maxPodsByEks(group, nodes);
    }

    /**
     * What the interfaces of the weakest type carry, but not above what AWS advises. EKS reckons so too, with the mode that
     * aws-node is in when the group is made.
     */
    @Override
    public int maxPodsByEks(NodeGroup group, List<Node> nodes) {
        return Stream.concat(group.instanceTypes().stream(), nodes.stream().map(Node::instanceType))
                .distinct()
                .flatMap(type -> Fleet.limits(type).stream())
                .map(this::recommended)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min()
                .orElseGet(() -> MaxPodsRule.unchanged(group, nodes));
    }

    @Override
    public int addresses(Node node) {
        return held(node).map(Holding::subnetAddresses).orElse(1);
    }

    /** Custom networking takes them from subnets of the pods. */
    @Override
    public int blocks(Node node) {
        return settings.inMode(mode).customNetworking()
                ? 0
                : held(node).map(Holding::prefixes).orElse(0);
    }

    /** Blocks are what is short first, and counted apart. */
    @Override
    public boolean judgesAddresses() {
        return !settings.inMode(mode).customNetworking();
    }

    /** What the successor of a node holds with the same pods; empty when the limits of its type are not known. */
    private Optional<Holding> held(Node node) {
        int pods = Fleet.podsWithAddress(view, node).size();
        return Fleet.limits(node.instanceType()).map(limits -> {
            int most = admitted(node).orElseGet(() -> recommended(limits).orElse(node.maxPods()));
            return WarmPool.held(settings.inMode(mode), limits, pods, Math.max(1, most));
        });
    }

    /** EKS says it where a group has no launch template. */
    private OptionalInt admitted(Node node) {
        boolean byEks = view.groupOf(node)
                .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                .filter(g -> g.launchTemplate().isEmpty())
                .isPresent();
        return byEks ? OptionalInt.empty() : admitted;
    }

    private OptionalInt recommended(InstanceLimits limits) {
        return MaxPods.recommended(limits, mode, settings.maxEni().orElse(0));
    }
}
