package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.schedule.NodeLoad.Bound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where bound pods are, by what rules about other pods ask for: a namespace, and labels. */
final class PlacedPods {
    private final Map<String, Map<String, Placed>> byLabel = new HashMap<>();
    private final Map<String, Map<String, Placed>> keepingOthersOff = new HashMap<>();

    /** A bound pod and the name of its node. */
    record Placed(String node, Bound pod) {}

    void add(String key, Placed placed) {
        for (String label : labels(placed.pod())) {
            byLabel.computeIfAbsent(label, x -> new HashMap<>()).put(key, placed);
        }
        for (String label : selected(placed.pod())) {
            keepingOthersOff.computeIfAbsent(label, x -> new HashMap<>()).put(key, placed);
        }
    }

    void remove(String key, Bound pod) {
        labels(pod).forEach(l -> forget(byLabel, l, key));
        selected(pod).forEach(l -> forget(keepingOthersOff, l, key));
    }

    private static void forget(Map<String, Map<String, Placed>> index, String place, String key) {
        Map<String, Placed> pods = index.get(place);
        if (pods != null && pods.remove(key) != null && pods.isEmpty()) {
            index.remove(place);
        }
    }

    /** The pods of a namespace that a selector may match: those with the rarest of the labels that it wants. */
    Collection<Placed> candidates(String namespace, Map<String, Object> selector) {
        Collection<Placed> fewest = of(byLabel, namespace + "/");
        for (Map.Entry<String, String> label :
                Tree.strings(selector, "matchLabels").entrySet()) {
            Collection<Placed> having = of(byLabel, namespace + "/" + label.getKey() + "=" + label.getValue());
            fewest = having.size() < fewest.size() ? having : fewest;
        }
        return fewest;
    }

    /** Calls this with the pods of any namespace that have anti-affinity terms which may match a pod with those labels. */
    void mayKeepOff(Map<String, String> labels, Consumer<Placed> action) {
        of(keepingOthersOff, "").forEach(action);
        labels.forEach((name, value) -> of(keepingOthersOff, name + "=" + value).forEach(action));
    }

    private static Collection<Placed> of(Map<String, Map<String, Placed>> index, String place) {
        Map<String, Placed> pods = index.get(place);
        return pods == null ? List.of() : pods.values();
    }

    /** The namespace of a pod, and each of its labels there. */
    private static List<String> labels(Bound pod) {
        Places known = Tree.known(pod.labels(), Places.class, labels -> Places.of(pod));
        // the labels of a template may be those of pods in several namespaces
        return (known.namespace().equals(pod.namespace()) ? known : Places.of(pod)).places();
    }

    /** Where pods with these labels are found. */
    private record Places(String namespace, List<String> places) {
        private static Places of(Bound pod) {
            List<String> places = new ArrayList<>();
            places.add(pod.namespace() + "/");
            pod.labels().forEach((name, value) -> places.add(pod.namespace() + "/" + name + "=" + value));
            return new Places(pod.namespace(), List.copyOf(places));
        }
    }

    /** The first label that each anti-affinity term of a pod wants of others; nothing for a term that wants none. */
    private static List<String> selected(Bound pod) {
        if (pod.antiAffinity().isEmpty()) {
            return List.of();
        }
        return pod.antiAffinity().stream()
                .map(term -> Tree.strings(term, "labelSelector", "matchLabels").entrySet().stream()
                        .findFirst()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .orElse(""))
                .toList();
    }
}
