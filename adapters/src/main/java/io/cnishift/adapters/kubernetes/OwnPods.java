package io.cnishift.adapters.kubernetes;

import io.cnishift.api.cluster.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pods with which cnishift itself asks the network. They are no part of the cluster that is read: they last for seconds, belong
 * to no workload, and a drain that came across one would take it for a bare pod of somebody's.
 */
public final class OwnPods {

    /** Where they are. */
    public static final String NAMESPACE = "kube-system";

    /** The label that all of them carry. */
    public static final String LABEL = "cnishift.io/probe";

    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "cnishift");

    private OwnPods() {}

    /**
     * The labels of one.
     *
     * @param part that it has in a question
     */
    public static Map<String, Object> labels(String part) {
        Map<String, Object> labels = new LinkedHashMap<>(LABELS);
        labels.put(LABEL, part);
        return labels;
    }

    /** Whether a pod is one of them. */
    static boolean include(Map<String, Object> pod) {
        Map<String, String> labels = Tree.strings(pod, "metadata", "labels");
        return labels.containsKey(LABEL)
                && labels.entrySet().containsAll(LABELS.entrySet())
                && Tree.text(pod, "metadata", "namespace").equals(Optional.of(NAMESPACE));
    }
}
