package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.plan.Count;
import io.cnishift.api.roll.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The VPC CNI with blocks of 16 addresses from the first node on: the add-on is there before any group is. */
record PrefixNetwork(SecondSite site) implements AddonNetwork {

    private static final PodMode MODE = PodMode.PREFIX_DELEGATION;
    private static final Map<String, String> BLOCKS =
            Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1");

    @Override
    public Map<String, String> env() {
        Map<String, String> env = cni().env();
        env.putAll(BLOCKS);
        return env;
    }

    /** What the interfaces of the weakest type carry with blocks, but not above what AWS advises. */
    @Override
    public int maxPodsByEks(NodeGroup group) {
        return cni().fewest(group, this::admitted);
    }

    private OptionalInt admitted(InstanceLimits limits) {
        return MaxPods.recommended(limits, MODE, settings().maxEni().orElse(0));
    }

    private WarmPoolSettings settings() {
        return WarmPoolSettings.fromEnv(env());
    }

    @Override
    public int addresses(Node node) {
        return held(node).map(Holding::subnetAddresses).orElse(1);
    }

    /** Blocks of 16 that it takes. */
    private int blocks(Node node) {
        return held(node).map(Holding::prefixes).orElse(0);
    }

    private Optional<Holding> held(Node node) {
        int pods = Fleet.podsWithAddress(site.first(), node).size();
        return Fleet.limits(node.instanceType())
                .map(limits -> WarmPool.held(
                        settings().inMode(MODE),
                        limits,
                        pods,
                        Math.max(1, admitted(limits).orElse(node.maxPods()))));
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        AddressUse.ofNodeSubnets(site.first()).forEach(use -> blocks(use).ifPresent(findings::add));
        findings.addAll(cni().findings());
        cni().rights().ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> blocks(AddressUse use) {
        int needed = site.first().nodes().stream()
                .filter(n -> site.first()
                        .instanceOf(n)
                        .filter(i -> i.subnet().equals(use.subnet().id()))
                        .isPresent())
                .mapToInt(this::blocks)
                .sum();
        OptionalInt free = use.subnet().freePrefixBlocks();
        if (needed == 0 || free.orElse(0) >= needed) {
            return Optional.empty();
        }
        return Optional.of(
                free.isEmpty()
                        ? Code.UNKNOWN.of(
                                "subnet " + use.subnet().id(),
                                "its free /28 blocks are not read, and nodes of the second cluster need " + needed,
                                "read the cluster again with the IAM action ec2:DescribeNetworkInterfaces allowed")
                        : Code.NO_BLOCKS.of(
                                "subnet " + use.subnet().id(),
                                use.subnet().cidr() + " has "
                                        + Count.of(free.getAsInt(), "free /28 block", "free /28 blocks")
                                        + ", and nodes of the second cluster need " + needed,
                                "choose network=overlay, which takes none, or give the groups subnets with more room"));
    }
}
