package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The VPC CNI in a cluster of the family IPv6: each node has one /80 of its subnet, from which its pods get their addresses. EKS chooses the
 * range of Services and switches the family on in the add-on. Of IPv4 a node takes its own address alone.
 */
record Ipv6Network(SecondSite site) implements SecondNetwork {

    /** What is about pools of IPv4 addresses, and has no effect on pods that have none. */
    private static final Set<String> OF_IPV4 = Set.of(
            "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS",
            "AWS_VPC_K8S_CNI_EXTERNALSNAT",
            "AWS_VPC_K8S_CNI_RANDOMIZESNAT",
            "MAX_ENI",
            "MINIMUM_IP_TARGET",
            "WARM_ENI_TARGET",
            "WARM_IP_TARGET",
            "WARM_PREFIX_TARGET");

    private static final Map<String, String> BLOCKS = Map.of("ENABLE_PREFIX_DELEGATION", "true");

    private AddonCni cni() {
        return new AddonCni(site);
    }

    @Override
    public Step step() {
        return cni().step(cni().addon(env()));
    }

    @Override
    public Optional<Release> release() {
        return Optional.empty();
    }

    @Override
    public Optional<MakeAddons.Wanted> addon() {
        return Optional.of(cni().addon(env()));
    }

    private Map<String, String> env() {
        Map<String, String> env = cni().env();
        env.keySet().removeAll(OF_IPV4);
        env.putAll(BLOCKS);
        return env;
    }

    @Override
    public List<PodIdentity> identities() {
        return cni().identities();
    }

    @Override
    public int maxPods(NodeGroup group) {
        return maxPodsByEks(group);
    }

    /** A /80 never runs out, so that it is what AWS advises for the weakest type. */
    @Override
    public int maxPodsByEks(NodeGroup group) {
        return cni().fewest(group, limits -> MaxPods.recommended(limits, PodMode.IPV6));
    }

    @Override
    public int addresses(Node node) {
        return 1;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(cni().findings());
        findings.addAll(new Ipv6Ground(site).findings());
        findings.addAll(new Ipv6Workloads(site.first()).findings());
        return findings;
    }
}
