package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.OwnerTags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Tags of things of AWS: whether they name a cluster, and those that a copy gets. Pure. */
final class Tags {

    private Tags() {}

    /** The EC2 tag that marks what belongs to a cluster; its value is {@code owned} or {@code shared}. */
    static String clusterKey(String cluster) {
        return "kubernetes.io/cluster/" + cluster;
    }

    /** Whether one of the usual cluster tags of AWS names that cluster, on a thing that is not shared with others. */
    static boolean ofCluster(Map<String, String> tags, String cluster) {
        return cluster.equals(tags.get("elbv2.k8s.aws/cluster"))
                || cluster.equals(tags.get("eks:cluster-name"))
                || "owned".equals(tags.get(clusterKey(cluster)));
    }

    /**
     * The tags of a copy: those of the original and more. Left out are those that AWS keeps for itself, and those that say who
     * owns the original: that tool knows nothing of the copy.
     */
    static Map<String, String> copied(Map<String, String> original, Map<String, String> more) {
        Map<String, String> tags = new TreeMap<>();
        original.entrySet().stream()
                .filter(tag -> !OwnerTags.staysWithOriginal(tag))
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        tags.putAll(more);
        return tags;
    }

    static Map<String, String> of(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return map;
    }

    static List<Tag> written(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Map<String, String> ofGroup(List<TagDescription> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return map;
    }
}
