package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pods by what controllers look for, so that nobody goes through all of them. */
public final class PodIndexes {
    private final ObjectIndex byController;
    private final ObjectIndex byNode;
    private final ObjectIndex byLabel;
    private final Kernel kernel;

    private PodIndexes(Kernel kernel) {
        this.kernel = kernel;
        byController = kernel.objects().index("Pod", Pods::controllerUid);
        byNode = kernel.objects().index("Pod", p -> Pods.node(p).map(List::of).orElse(List.of()));
        byLabel = kernel.objects().index("Pod", PodIndexes::labelKeys);
    }

    /** The indexes of that world. */
    public static PodIndexes of(Kernel kernel) {
        return kernel.shared(PodIndexes.class, PodIndexes::new);
    }

    /** The pods that an object controls, in order of their names; a copy. */
    public List<Map<String, Object>> controlledBy(String uid) {
        return List.copyOf(byController.of(uid));
    }

    /** The pods that an object controls, in order of their names. A live view: copy it before writing to the store. */
    public Collection<Map<String, Object>> underControl(String uid) {
        return byController.of(uid);
    }

    /** The pods bound to a node; a copy. */
    public List<Map<String, Object>> on(String node) {
        return List.copyOf(byNode.of(node));
    }

    /** The pods of a namespace that a label selector matches; a copy. */
    public List<Map<String, Object>> selected(String namespace, Map<String, Object> selector) {
        Collection<Map<String, Object>> candidates = kernel.objects().list("Pod", namespace);
        int fewest = Integer.MAX_VALUE;
        for (Map.Entry<String, String> label :
                Tree.strings(selector, "matchLabels").entrySet()) {
            String key = labelKey(namespace, label.getKey(), label.getValue());
            if (byLabel.count(key) < fewest) {
                fewest = byLabel.count(key);
                candidates = byLabel.of(key);
            }
        }
        return candidates.stream()
                .filter(p -> Selectors.matches(selector, Pods.labels(p)))
                .toList();
    }

    private static List<String> labelKeys(Map<String, Object> pod) {
        String namespace = Pods.key(pod).namespace();
        LabelKeys known = Tree.known(
                Tree.map(pod, "metadata", "labels"), LabelKeys.class, labels -> LabelKeys.of(namespace, labels));
        // the labels of a template may be those of pods in several namespaces
        return known.namespace().equals(namespace)
                ? known.keys()
                : LabelKeys.of(namespace, Tree.map(pod, "metadata", "labels")).keys();
    }

    /** Where pods with these labels are found, which stay as they are all their life. */
    private record LabelKeys(String namespace, List<String> keys) {
        private static LabelKeys of(String namespace, Map<String, Object> labels) {
            List<String> keys = new ArrayList<>();
            Tree.strings(labels)
                    .forEach((name, value) -> keys.add(labelKey(namespace, name, Objects.requireNonNull(value))));
            return new LabelKeys(namespace, List.copyOf(keys));
        }
    }

    private static String labelKey(String namespace, String name, String value) {
        return namespace + "/" + name + "=" + value;
    }
}
