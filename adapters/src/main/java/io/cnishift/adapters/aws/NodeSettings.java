package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Taint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What user data is to tell the kubelet, and nodeadm.
 *
 * @param joins the cluster that the node joins; empty where that is said already, or EKS says it
 */
record NodeSettings(
        OptionalInt maxPods, Map<String, String> labels, List<Taint> taints, Optional<JoinedCluster> joins) {

    /** For nodes that join the cluster that they would anyway. */
    NodeSettings(OptionalInt maxPods, Map<String, String> labels, List<Taint> taints) {
        this(maxPods, labels, taints, Optional.empty());
    }

    boolean isEmpty() {
        return maxPods.isEmpty() && labels.isEmpty() && taints.isEmpty() && joins.isEmpty();
    }

    /**
     * With the labels and taints that are there, where there are new ones: the kubelet takes the last flag of a name and forgets
     * the one before.
     */
    NodeSettings over(UserData there) {
        Map<String, String> allLabels = new TreeMap<>(labels.isEmpty() ? Map.of() : there.labels());
        allLabels.putAll(labels);
        Set<Taint> allTaints = new LinkedHashSet<>(taints.isEmpty() ? List.of() : there.taints());
        allTaints.addAll(taints);
        return new NodeSettings(maxPods, allLabels, List.copyOf(allTaints), joins);
    }

    /** Whether user data that says this says all of these settings. */
    boolean saidBy(UserData data) {
        return (maxPods.isEmpty() || maxPods.equals(data.maxPods()))
                && data.labels().entrySet().containsAll(labels.entrySet())
                && data.taints().containsAll(taints)
                && (joins.isEmpty() || joins.map(JoinedCluster::name).equals(data.cluster()));
    }

    /** The flag with all labels; empty without any. */
    String labelsFlag() {
        return labels.isEmpty()
                ? ""
                : "--node-labels="
                        + new TreeMap<>(labels)
                                .entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .collect(Collectors.joining(","));
    }

    /** The flag with all taints; empty without any. */
    String taintsFlag() {
        return taints.isEmpty()
                ? ""
                : "--register-with-taints="
                        + taints.stream().map(NodeSettings::text).collect(Collectors.joining(","));
    }

    private static String text(Taint taint) {
        return taint.key() + "=" + taint.value() + ":" + taint.effect();
    }
}
