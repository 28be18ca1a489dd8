package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.NodeClass;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Karpenter is told: a NodePool for each pool of its kind, and one EC2NodeClass for all. */
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
        Map<String, Object> template = Fields.of(
                "metadata",
                Map.of("labels", Map.of(Pool.LABEL, pool.label())),
                "spec",
                Fields.of(
                        "nodeClassRef",
                        Fields.of("group", NodePool.EC2_CLASSES, "kind", "EC2NodeClass", "name", CLASS),
                        "requirements",
                        List.of(
                                in("karpenter.sh/capacity-type", List.of(pool.capacity())),
                                in("node.kubernetes.io/instance-type", pool.types())),
                        "expireAfter",
                        "Never"));
        return new NodePool(
                pool.name(),
                Fields.of(
                        "template",
                        template,
                        "limits",
                        Map.of("nodes", String.valueOf(pool.nodes() + pool.headroom())),
                        "disruption",
                        Fields.of(
                                "consolidationPolicy",
                                "WhenEmpty",
                                "consolidateAfter",
                                "5m",
                                "budgets",
                                List.of(Map.of("nodes", "10%")))),
                pool.owner());
    }

    private static Map<String, Object> in(String key, List<String> values) {
        return Fields.of("key", key, "operator", "In", "values", values);
    }

    private static NodeClass nodeClass(Pool pool, String role) {
        List<String> subnets = pool.zones().stream().map(AddressPlan::nodes).toList();
        return new NodeClass(
                CLASS,
                Fields.of(
                        "amiFamily",
                        "AL2023",
                        "amiSelectorTerms",
                        List.of(Map.of("id", Fleet.IMAGE)),
                        "role",
                        role,
                        "subnetSelectorTerms",
                        subnets.stream().map(id -> Map.of("id", id)).toList(),
                        "securityGroupSelectorTerms",
                        List.of(Map.of("id", Site.CLUSTER_SG)),
                        "metadataOptions",
                        Fields.of("httpPutResponseHopLimit", 2, "httpTokens", "required")),
                subnets,
                new Owner(Owner.Kind.ARGO_CD, "karpenter-pools"));
    }
}
