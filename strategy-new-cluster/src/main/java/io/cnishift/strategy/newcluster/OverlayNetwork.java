package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.ClusterPool;
import io.cnishift.api.capacity.ClusterPoolPlan;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.TakenRanges;
import io.cnishift.api.roll.MaxPodsRule;
import io.cnishift.cilium.OverlayInput;
import io.cnishift.cilium.OverlayValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cilium overlay beside kube-proxy from the start: pods have addresses of a range that the VPC does not know. */
record OverlayNetwork(SecondSite site) implements SecondNetwork {

    private static final int WITHOUT_NODES = 110;

    @Override
    public Step step() {
        return site.cilium(values());
    }

    @Override
    public Optional<Release> release() {
        return Optional.of(site.release(values()));
    }

    @Override
    public Optional<MakeAddons.Wanted> addon() {
        return Optional.empty();
    }

    @Override
    public List<PodIdentity> identities() {
        return List.of();
    }

    @Override
    public int maxPods(NodeGroup group) {
        List<Node> nodes = site.nodes(group);
        return nodes.isEmpty() ? WITHOUT_NODES : MaxPodsRule.of(nodes);
    }

    @Override
    public int maxPodsByEks(NodeGroup group) {
        List<Node> nodes = site.nodes(group);
        return nodes.isEmpty() ? WITHOUT_NODES : MaxPodsRule.admitted(nodes);
    }

    @Override
    public int addresses(Node node) {
        return 1;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        site.withoutImages().ifPresent(findings::add);
        Cidr pods = site.options().podCidr();
        TakenRanges.of(site.first()).stream()
                .filter(taken -> taken.cidr().overlaps(pods))
                .findFirst()
                .map(taken -> range(
                        pods + " overlaps " + taken.cidr() + ", " + taken.what(),
                        TakenRanges.free(site.first(), pool().prefix(pods))
                                .map(free -> "set podCidr=" + free + " or another range that nothing uses")
                                .orElse("give a smaller range, or one that nothing uses")))
                .ifPresent(findings::add);
        if (pool().fold(fits -> false, tooSmall -> true)) {
            findings.add(range(
                    pods + " has not a slice for " + most() + " pods for every node of the groups",
                    "give a larger range"));
        }
        return findings;
    }

    private static Finding range(String message, String remedy) {
        return Code.NOT_MADE.of("option podCidr", message, remedy);
    }

    /** The slice of the pod range that each node gets. */
    private ClusterPoolPlan pool() {
        int nodes = Math.max(
                1,
                site.groups().stream().mapToInt(g -> Math.max(1, g.maxSize())).sum());
        return ClusterPool.plan(site.options().podCidr(), most(), nodes);
    }

    /** The most pods that a node of it admits. */
    private int most() {
        return Math.max(
                1,
                site.groups().stream()
                        .mapToInt(g -> SecondSite.told(g) ? maxPods(g) : maxPodsByEks(g))
                        .max()
                        .orElse(1));
    }

    private Map<String, Object> values() {
        int mask = pool().fold(ClusterPoolPlan.Fits::mask, ClusterPoolPlan.TooSmall::mask);
        OverlayInput input = OverlayInput.of(
                site.options().ciliumVersion(), List.of(site.options().podCidr()), mask);
        return site.values(OverlayValues.hubble(input));
    }
}
