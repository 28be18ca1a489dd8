package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.NodeRecords;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.control.DaemonSets.DaemonPods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One DaemonSet on all nodes. A look costs as much as nodes have changed since the last one: of hundreds it is one or two at a
 * time.
 */
final class DaemonNodes {

    private final Controller tools;
    private final DaemonPods pods;
    private final NodeRecords records;
    private final Map<String, Row> rows = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();
    private final Set<String> ripening = new TreeSet<>();
    private final NavigableSet<String> idle = new TreeSet<>();
    private final NavigableSet<String> serving = new TreeSet<>();
    private Map<String, Object> set = Map.of();
    private Optional<Basis> basis = Optional.empty();
    private Tally tally = new Tally(0, 0, 0, 0, 0, 0);

    /** What the rows were worked out from, besides nodes and pods. */
    private record Basis(long generation, String hash, DaemonFit fit) {}

    /** What a look found to be done. */
    record Due(List<Map<String, Object>> surplus, List<String> missing) {}

    /**
     * A node that wants a pod, and how its pods stand that are not ending.
     *
     * @param crowded whether it has more than one, those that are ending with them
     * @param old what may become of its pod of an older template
     */
    record Row(
            boolean current,
            boolean ready,
            boolean updated,
            boolean available,
            boolean outdated,
            boolean crowded,
            Old old) {}

    /** A pod of an older template. */
    enum Old {
        /** There is none, or it is ending, or its successor is not there yet. */
        NOTHING_TO_DO,
        /** It does not serve, or its successor does: it may go at once. */
        IDLE,
        /** It serves alone. */
        SERVING
    }

    /** Nodes, by how their pods stand. */
    record Tally(int current, int ready, int updated, int available, int outdated, int crowded) {
        private Tally with(Row row, int by) {
            return new Tally(
                    current + (row.current() ? by : 0),
                    ready + (row.ready() ? by : 0),
                    updated + (row.updated() ? by : 0),
                    available + (row.available() ? by : 0),
                    outdated + (row.outdated() ? by : 0),
                    crowded + (row.crowded() ? by : 0));
        }
    }

    DaemonNodes(Controller tools, DaemonPods pods) {
        this.tools = tools;
        this.pods = pods;
        this.records = NodeRecords.of(tools.kernel());
    }

    /** The node changed, or a pod of the set on it. */
    void changed(String node) {
        changed.add(node);
    }

    /** Brings the rows up to date. A node at which something is due is looked at again, for doing it may be refused. */
    Due look(Map<String, Object> now, String hash) {
        set = now;
        long generation = Tree.number(set, 0, "metadata", "generation");
        if (basis.isEmpty()
                || basis.get().generation() != generation
                || !basis.get().hash().equals(hash)) {
            basis = Optional.of(new Basis(generation, hash, new DaemonFit(set)));
            changed.addAll(rows.keySet());
            tools.store().list("Node").forEach(n -> changed.add(Pods.key(n).name()));
        }
        changed.addAll(ripening);
        ripening.clear();
        Due due = new Due(new ArrayList<>(), new ArrayList<>());
        changed.removeIf(node -> !look(node, basis.orElseThrow(), due));
        return due;
    }

    /** Brings the rows up to date once more, with what was done about the last look; that is looked at again. */
    void settle() {
        changed.forEach(node -> note(node, records.find(node), on(node), basis.orElseThrow()));
    }

    private boolean note(String name, Optional<Node> node, List<Map<String, Object>> here, Basis by) {
        boolean wants = node.isPresent() && by.fit().shouldRun(node.get());
        forget(name);
        if (wants) {
            Row row = row(name, here, by.hash());
            rows.put(name, row);
            tally = tally.with(row, 1);
            if (row.old() != Old.NOTHING_TO_DO) {
                (row.old() == Old.IDLE ? idle : serving).add(name);
            }
        }
        return wants;
    }

    /** Whether anything is due there. */
    private boolean look(String name, Basis by, Due due) {
        Optional<Node> node = records.find(name);
        List<Map<String, Object>> here = on(name);
        boolean wants = note(name, node, here, by);
        if (node.isEmpty()) {
            return false;
        }
        boolean mayStay = by.fit().mayStay(node.get());
        boolean surplus = false;
        for (Map<String, Object> pod : here) {
            if (!Pods.terminating(pod) && (!mayStay || Pods.finished(pod))) {
                due.surplus().add(pod);
                surplus = true;
            }
        }
        // a pod that is ending still holds the node
        boolean missing = mayStay && here.isEmpty() && wants;
        if (missing) {
            due.missing().add(name);
        }
        return missing || surplus;
    }

    private void forget(String name) {
        Row before = rows.remove(name);
        if (before == null) {
            return;
        }
        tally = tally.with(before, -1);
        if (before.old() != Old.NOTHING_TO_DO) {
            (before.old() == Old.IDLE ? idle : serving).remove(name);
        }
    }

    private Row row(String name, List<Map<String, Object>> here, String hash) {
        long minReady = Tree.number(set, 0, "spec", "minReadySeconds");
        boolean current = false;
        boolean ready = false;
        boolean updated = false;
        boolean available = false;
        boolean successor = false;
        boolean successorServes = false;
        @Nullable Map<String, Object> old = null;
        boolean oldServes = false;
        for (Map<String, Object> pod : here) {
            boolean stays = !Pods.terminating(pod);
            boolean isNew = DaemonSets.hash(pod).equals(hash);
            boolean serves = stays && tools.available(pod, minReady, Pods.key(set));
            if (stays && !serves && Pods.ready(pod)) {
                ripening.add(name);
            }
            current |= stays;
            ready |= stays && Pods.ready(pod);
            updated |= stays && isNew;
            available |= serves;
            if (isNew && !successor) {
                successor = true;
                successorServes = serves;
            } else if (!isNew && old == null) {
                old = pod;
                oldServes = serves;
            }
        }
        Old state = old == null || Pods.terminating(old)
                ? Old.NOTHING_TO_DO
                : !oldServes || successorServes ? Old.IDLE : successor ? Old.NOTHING_TO_DO : Old.SERVING;
        return new Row(current, ready, updated, available, old != null, here.size() > 1, state);
    }

    /** The nodes that want a pod. */
    Set<String> wanted() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    /** Whether any of them has a pod of an older template. */
    boolean outdated() {
        return tally.outdated() > 0;
    }

    /** The nodes whose pod of an older template may go at once. */
    Set<String> idle() {
        return Collections.unmodifiableSet(idle);
    }

    /** The nodes on which a pod of an older template serves alone. */
    Set<String> serving() {
        return Collections.unmodifiableSet(serving);
    }

    /** The pods of the set on a node. */
    List<Map<String, Object>> on(String node) {
        return pods.on(set, node);
    }

    /** How many nodes have such pods. */
    Tally tally() {
        return tally;
    }
}
