package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Taint;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Nodes with the emptiest first, apart by what makes their fullness no matter of order: their size, and the taints that keep
 * pods off. Of thousands of nodes a pod needs to look at a few of each sort.
 */
final class Emptiest {

    private static final Comparator<NodeLoad> ORDER = Comparator.comparingLong(NodeLoad::taken)
            .thenComparing(load -> load.node().name());

    private final Map<Sort, NavigableSet<NodeLoad>> sorts = new HashMap<>();
    private final Map<NodeLoad, NavigableSet<NodeLoad>> standing = new HashMap<>();

    /** What nodes have in common. */
    record Sort(long cpuMillis, long memoryMiB, List<Taint> taints) {
        private static Sort of(NodeLoad load) {
            return new Sort(load.node().cpuMillis(), load.node().memoryMiB(), load.taints());
        }
    }

    /** Takes a node in as it is; it changes by {@link #change} alone from now on. */
    void add(NodeLoad load) {
        NavigableSet<NodeLoad> alike = sorts.computeIfAbsent(Sort.of(load), s -> new TreeSet<>(ORDER));
        alike.add(load);
        standing.put(load, alike);
    }

    void remove(NodeLoad load) {
        sorts.computeIfPresent(Sort.of(load), (sort, alike) -> {
            alike.remove(load);
            return alike.isEmpty() ? null : alike;
        });
        standing.remove(load);
    }

    /** Has something change of what is bound to a node, and nothing of its sort. */
    void change(NodeLoad load, Runnable change) {
        NavigableSet<NodeLoad> alike = Objects.requireNonNull(standing.get(load), "node");
        alike.remove(load);
        change.run();
        alike.add(load);
    }

    /** The nodes of each sort, the emptiest first; a view. */
    Map<Sort, NavigableSet<NodeLoad>> bySort() {
        return Collections.unmodifiableMap(sorts);
    }
}
