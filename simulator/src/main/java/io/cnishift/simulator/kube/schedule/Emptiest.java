package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Taint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Nodes with the emptiest first, apart by what makes their fullness no matter of order: their size, the taints that keep pods
 * off, and those of their labels that pods have asked for. Of thousands of nodes a pod needs to look at a few of each sort.
 */
final class Emptiest {

    private static final Comparator<NodeLoad> ORDER = (one, other) -> {
        int byTaken = Long.compare(one.taken(), other.taken());
        return byTaken != 0 ? byTaken : one.node().name().compareTo(other.node().name());
    };

    private final Map<Sort, Alike> sorts = new HashMap<>();
    private final Map<NodeLoad, Alike> standing = new HashMap<>();
    private final Set<String> asked = new TreeSet<>();

    /** What nodes have in common; of each label that is asked for its value, with a mark to tell an empty one from none. */
    private record Sort(long cpuMillis, long memoryMiB, List<Taint> taints, List<String> labels) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sort sort
                    && cpuMillis == sort.cpuMillis
                    && memoryMiB == sort.memoryMiB
                    && labels.equals(sort.labels)
                    && taints.equals(sort.taints);
        }

        @Override
        public int hashCode() {
            return 31 * labels.hashCode() + Long.hashCode(cpuMillis);
        }
    }

    /** The nodes of one sort. */
    static final class Alike {
        private final Sort sort;
        private final NavigableSet<NodeLoad> nodes = new TreeSet<>(ORDER);

        private Alike(Sort sort) {
            this.sort = sort;
        }

        List<Taint> taints() {
            return sort.taints();
        }

        /** One of them, in whose place any other may be asked about the labels that are told apart. */
        Node example() {
            return nodes.first().node();
        }

        /** The emptiest first; a view. */
        Collection<NodeLoad> nodes() {
            return Collections.unmodifiableCollection(nodes);
        }
    }

    /** Takes a node in as it is; it changes by {@link #change} alone from now on. */
    void add(NodeLoad load) {
        Alike alike = sorts.computeIfAbsent(sort(load), Alike::new);
        alike.nodes.add(load);
        standing.put(load, alike);
    }

    void remove(NodeLoad load) {
        Alike alike = standing.remove(load);
        if (alike != null) {
            alike.nodes.remove(load);
            if (alike.nodes.isEmpty()) {
                sorts.remove(alike.sort);
            }
        }
    }

    /** Has something change of what is bound to a node, and nothing of its sort. */
    void change(NodeLoad load, Runnable change) {
        Alike alike = Objects.requireNonNull(standing.get(load), "node");
        alike.nodes.remove(load);
        change.run();
        alike.nodes.add(load);
    }

    /** Tells nodes apart by these labels, too, from now on. */
    void apart(Set<String> labels) {
        if (asked.addAll(labels)) {
            List<NodeLoad> all = List.copyOf(standing.keySet());
            all.forEach(this::remove);
            all.forEach(this::add);
        }
    }

    /** The nodes by their sorts; a view. */
    Collection<Alike> bySort() {
        return Collections.unmodifiableCollection(sorts.values());
    }

    private Sort sort(NodeLoad load) {
        List<String> labels = new ArrayList<>(asked.size());
        for (String label : asked) {
            String value = load.node().labels().get(label);
            labels.add(value == null ? "" : "=" + value);
        }
        return new Sort(load.node().cpuMillis(), load.node().memoryMiB(), load.taints(), labels);
    }
}
