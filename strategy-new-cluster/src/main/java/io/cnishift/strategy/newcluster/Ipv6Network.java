package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The VPC CNI in a cluster of the family IPv6: each node has one /80 of its subnet, from which its pods get their addresses. EKS chooses the
 * range of Services and switches the family on in the add-on. Of IPv4 a node takes its own address alone.
 */
record Ipv6Network(SecondSite site) implements AddonNetwork {

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

    @Override
    public Map<String, String> env() {
        Map<String, String> env = cni().env();
        env.keySet().removeAll(OF_IPV4);
        env.putAll(BLOCKS);
        return env;
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
