package io.cnishift.api.cluster;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pods that each Service, or each budget, of a namespace selects; kept up to date change by change. */
final class SelectedPods<S extends Resource> {

    private final Function<S, String> namespace;
    private final Function<S, ?> selector;
    private final BiPredicate<S, Pod> selects;
    private final Map<String, Map<String, S>> selecting = new HashMap<>();
    private final Map<String, Map<String, Pod>> pods = new HashMap<>();

    SelectedPods(Function<S, String> namespace, Function<S, ?> selector, BiPredicate<S, Pod> selects) {
        this.namespace = namespace;
        this.selector = selector;
        this.selects = selects;
    }

    Collection<Pod> of(S selecting) {
        return Collections.unmodifiableCollection(
                pods.getOrDefault(selecting.key(), Map.of()).values());
    }

    /** Those that select a pod, in the order of their keys. */
    List<S> selecting(Pod pod) {
        return selecting.getOrDefault(pod.namespace(), Map.of()).values().stream()
                .filter(s -> selects.test(s, pod))
                .toList();
    }

    /** Whoever selects came, changed or went; {@code there} are the pods of its namespace. */
    void changed(@Nullable S before, @Nullable S now, Collection<Pod> there) {
        if (before != null) {
            selecting.getOrDefault(namespace.apply(before), new HashMap<>()).remove(before.key());
        }
        if (now == null) {
            if (before != null) {
                pods.remove(before.key());
            }
            return;
        }
        selecting.computeIfAbsent(namespace.apply(now), n -> new TreeMap<>()).put(now.key(), now);
        if (before == null || !selector.apply(before).equals(selector.apply(now))) {
            Map<String, Pod> chosen = new TreeMap<>();
            there.stream().filter(p -> selects.test(now, p)).forEach(p -> chosen.put(p.key(), p));
            pods.put(now.key(), chosen);
        }
    }

    /** A pod came or, where {@code add} is false, went. */
    void pod(Pod pod, boolean add) {
        for (S one : selecting.getOrDefault(pod.namespace(), Map.of()).values()) {
            Map<String, Pod> chosen = pods.computeIfAbsent(one.key(), k -> new TreeMap<>());
            if (!add) {
                chosen.remove(pod.key());
            } else if (selects.test(one, pod)) {
                chosen.put(pod.key(), pod);
            }
        }
    }
}
