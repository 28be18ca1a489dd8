package io.cnishift.api.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pods that each Service, or each budget, of a namespace selects; kept up to date change by change.
 *
 * <p>A namespace may hold a thousand of them and ten thousand pods, so they are not tried one after the other on a pod: each
 * is filed under one label that its pods must have, and a pod finds those that are filed under its own labels.
 */
final class SelectedPods<S extends Resource> {

    /** Where those are filed that want no certain value of any label. */
    private static final Map.Entry<String, String> ANY = Map.entry("", "");

    private final Function<S, String> namespace;
    private final Function<S, ?> selector;
    private final Function<S, ? extends Map<String, ?>> labels;
    private final BiPredicate<S, Pod> selects;
    private final Map<String, Map<Map.Entry<String, String>, Map<String, S>>> filed = new HashMap<>();
    private final Map<String, Map.Entry<String, String>> places = new HashMap<>();
    private final Map<String, Shelf<Pod>> pods = new HashMap<>();
    private final Map<String, S> byKey = new HashMap<>();
    /** By the keys of the pods that are there. */
    private final Map<String, Found> selectedBy = new HashMap<>();

    /** The keys of those that select pods with these labels, in their order. */
    private record Found(Map<String, String> labels, List<String> keys) {}

    /**
     * Nothing selects yet.
     *
     * @param labels those that every pod must have, with their values
     * @param selects the whole selector
     */
    SelectedPods(
            Function<S, String> namespace,
            Function<S, ?> selector,
            Function<S, ? extends Map<String, ?>> labels,
            BiPredicate<S, Pod> selects) {
        this.namespace = namespace;
        this.selector = selector;
        this.labels = labels;
        this.selects = selects;
    }

    Collection<Pod> of(S selecting) {
        Shelf<Pod> chosen = pods.get(selecting.key());
        return chosen == null ? List.of() : chosen.all();
    }

    /** Those that select a pod, in the order of their keys. */
    List<S> selecting(Pod pod) {
        Found known = selectedBy.get(pod.key());
        List<String> keys = known != null && known.labels().equals(pod.labels()) ? known.keys() : find(pod);
        if (keys.isEmpty()) {
            return List.of();
        }
        List<S> selecting = new ArrayList<>(keys.size());
        for (String key : keys) {
            selecting.add(Objects.requireNonNull(byKey.get(key)));
        }
        return Collections.unmodifiableList(selecting);
    }

    private List<String> find(Pod pod) {
        Map<Map.Entry<String, String>, Map<String, S>> here = filed.getOrDefault(pod.namespace(), Map.of());
        List<S> found = new ArrayList<>(here.getOrDefault(ANY, Map.of()).values());
        pod.labels()
                .entrySet()
                .forEach(
                        label -> found.addAll(here.getOrDefault(label, Map.of()).values()));
        found.removeIf(one -> !selects.test(one, pod));
        return found.stream().map(Resource::key).sorted().toList();
    }

    /**
     * Whoever selects came, changed or went.
     *
     * @param shelf where the pods stand
     * @param byNamespace the same pods
     */
    void changed(@Nullable S before, @Nullable S now, Shelf<Pod> shelf, ResourceIndex<Pod> byNamespace) {
        if (before != null) {
            Map.Entry<String, String> place = places.getOrDefault(before.key(), ANY);
            filed.getOrDefault(namespace.apply(before), Map.of())
                    .getOrDefault(place, new HashMap<>())
                    .remove(before.key());
            byKey.remove(before.key());
        }
        if (now != null) {
            file(now);
            byKey.put(now.key(), now);
        }
        if (before != null && now != null && selector.apply(before).equals(selector.apply(now))) {
            return;
        }
        Collection<Pod> there = byNamespace.of(namespace.apply(now == null ? Objects.requireNonNull(before) : now));
        if (now == null) {
            pods.remove(Objects.requireNonNull(before).key());
        } else {
            Shelf<Pod> chosen = new Shelf<>();
            there.stream().filter(p -> selects.test(now, p)).forEach(p -> chosen.put(p.key(), shelf.place(p.key())));
            pods.put(now.key(), chosen);
        }
        there.forEach(pod -> selectedBy.put(pod.key(), new Found(pod.labels(), find(pod))));
    }

    /** Under the label that the fewest others are filed under: what all have in common tells nothing. */
    private void file(S now) {
        Map<Map.Entry<String, String>, Map<String, S>> here =
                filed.computeIfAbsent(namespace.apply(now), n -> new HashMap<>());
        Map.Entry<String, String> place = labels.apply(now).entrySet().stream()
                .map(label -> Map.entry(label.getKey(), String.valueOf(label.getValue())))
                .min(Comparator.comparingInt(
                        label -> here.getOrDefault(label, Map.of()).size()))
                .orElse(ANY);
        here.computeIfAbsent(place, l -> new HashMap<>()).put(now.key(), now);
        places.put(now.key(), place);
    }

    /**
     * A pod of that key came or went, or its labels changed.
     *
     * @param shelf where it stands, if it does
     */
    void pod(Shelf<Pod> shelf, String key, @Nullable Pod now) {
        Found was = selectedBy.remove(key);
        if (was != null) {
            was.keys().forEach(one -> chosen(one).remove(key));
        }
        if (now != null) {
            Found is = new Found(now.labels(), find(now));
            selectedBy.put(key, is);
            is.keys().forEach(one -> chosen(one).put(key, shelf.place(key)));
        }
    }

    private Shelf<Pod> chosen(String selecting) {
        return pods.computeIfAbsent(selecting, k -> new Shelf<>());
    }
}
