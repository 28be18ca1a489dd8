package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Objects that select pods of their namespace, found by the labels of a pod: each stands under the first label that it asks
 * for, so that only those are tried which the pod may meet. One that asks for no label is tried on every pod.
 */
public final class SelectorIndex {
    private final ObjectIndex byFirstLabel;
    private final Function<Map<String, Object>, Optional<Map<String, Object>>> selector;

    /** @param selector the label selector of an object of that kind; empty for one that selects nobody */
    public SelectorIndex(
            ObjectStore store, String kind, Function<Map<String, Object>, Optional<Map<String, Object>>> selector) {
        this.selector = selector;
        byFirstLabel = store.index(
                kind,
                object -> selector.apply(object)
                        .map(s -> List.of(place(Pods.key(object).namespace(), s)))
                        .orElse(List.of()));
    }

    /** The objects that select a pod, in order of their names. */
    public List<Map<String, Object>> selecting(Map<String, Object> pod) {
        String namespace = Pods.key(pod).namespace();
        Map<String, String> labels = Pods.labels(pod);
        List<Map<String, Object>> found = new ArrayList<>();
        add(byFirstLabel.of(namespace + "/"), labels, found);
        labels.forEach((name, value) -> add(byFirstLabel.of(place(namespace, name, value)), labels, found));
        if (found.size() > 1) {
            found.sort(Comparator.comparing(o -> Pods.key(o).name()));
        }
        return found;
    }

    private void add(
            Iterable<Map<String, Object>> candidates, Map<String, String> labels, List<Map<String, Object>> found) {
        for (Map<String, Object> candidate : candidates) {
            if (Selectors.matches(selector.apply(candidate).orElseThrow(), labels)) {
                found.add(candidate);
            }
        }
    }

    private static String place(String namespace, Map<String, Object> selector) {
        return Tree.strings(selector, "matchLabels").entrySet().stream()
                .findFirst()
                .map(e -> place(namespace, e.getKey(), e.getValue()))
                .orElse(namespace + "/");
    }

    private static String place(String namespace, String label, String value) {
        return namespace + "/" + label + "=" + value;
    }
}
