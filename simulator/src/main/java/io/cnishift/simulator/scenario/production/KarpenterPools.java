package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.NodeClass;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Karpenter is told: a NodePool for each pool of its kind, and one EC2NodeClass for all. Their keys have an order, since
 * plans write them.
 */
final class KarpenterPools {

    private static final String CLASS = "default";

    private KarpenterPools() {}

    static List<Resource> resources(List<Pool> pools, String role) {
        List<Pool> ours = pools.stream()
                .filter(pool -> pool.kind() == NodeGroup.Kind.KARPENTER)
                .toList();
        List<Resource> all = new ArrayList<>();
        ours.forEach(pool -> all.add(pool(pool)));
        all.add(nodeClass(ours.get(0), role));
        return all;
    }

    private static NodePool pool(Pool pool) {
        Map<String, Object> template = Trees.of(
                "metadata",
                Trees.of("labels", Trees.of(Pool.LABEL, pool.label())),
                "spec",
                Trees.of(
                        "nodeClassRef",
                        Trees.of("group", NodePool.EC2_CLASSES, "kind", "EC2NodeClass", "name", CLASS),
                        "requirements",
                        List.of(
                                in("karpenter.sh/capacity-type", List.of(pool.capacity())),
                                in("node.kubernetes.io/instance-type", pool.types())),
                        "expireAfter",
                        "Never"));
        return new NodePool(
                pool.name(),
                Trees.of(
                        "template",
                        template,
                        "limits",
                        Trees.of("nodes", String.valueOf(pool.nodes() + pool.headroom())),
                        "disruption",
                        Trees.of(
                                "consolidationPolicy",
                                "WhenEmpty",
                                "consolidateAfter",
                                "5m",
                                "budgets",
                                List.of(Trees.of("nodes", "10%")))),
                pool.owner());
    }

    private static Map<String, Object> in(String key, List<String> values) {
        return Trees.of("key", key, "operator", "In", "values", values);
    }

    private static NodeClass nodeClass(Pool pool, String role) {
        List<String> subnets = pool.zones().stream().map(AddressPlan::nodes).toList();
        return new NodeClass(
                CLASS,
                Trees.of(
                        "amiFamily",
                        "AL2023",
                        "amiSelectorTerms",
                        List.of(Trees.of("id", Fleet.IMAGE)),
                        "role",
                        role,
                        "subnetSelectorTerms",
                        subnets.stream().map(id -> Trees.of("id", id)).toList(),
                        "securityGroupSelectorTerms",
                        List.of(Trees.of("id", Site.CLUSTER_SG)),
                        "metadataOptions",
                        Trees.of("httpPutResponseHopLimit", 2, "httpTokens", "required")),
                subnets,
                new Owner(Owner.Kind.ARGO_CD, "karpenter-pools"));
    }
}
