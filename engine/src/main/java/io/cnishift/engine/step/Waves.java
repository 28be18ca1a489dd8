package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.port.Bounds;
import io.cnishift.api.port.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which nodes may be drained now.
 *
 * <ol>
 *   <li>Drains that have begun go on, up to their timeout; then they step aside and others get their turn.
 *   <li>A new one begins when the capacity it takes away is there already; the first one alone, and the
 *       node that hosts cnishift last.
 *   <li>Nodes whose pods find room on new nodes come before those that have to wait for more of them. They are looked at in
 *       order and no further than to the last that may begin, for every look is one at all pods of a node.
 *   <li>A node that has a pod which may not be moved is not begun.
 *   <li>When nothing else is left, those that stepped aside get as much time once more. What then remains may remain if
 *       the plan says so; else it blocks, and the finding names node, pod and what holds it.
 * </ol>
 */
final class Waves {

    private final Roll roll;
    private final Optional<String> firstZone;
    private final Progress progress;
    private final int mayBegin;
    private final List<Drain> begun = new ArrayList<>();
    private final List<Drain> idle = new ArrayList<>();
    private final List<Drain> others = new ArrayList<>();
    private final List<Fleet.Machine> machines;
    private final List<Drain.Held> stuck = new ArrayList<>();

    /**
     * Looks at the machines that leave.
     *
     * @param firstZone the zone that has to give a node before it can get one
     */
    Waves(Roll roll, Optional<String> firstZone) {
        this.roll = roll;
        this.firstZone = firstZone;
        this.progress = roll.progress();
        this.machines = roll.fleet().leaving();
        Bounds bounds = roll.bounds();
        this.mayBegin = bounds.nodes();
        for (Fleet.Machine machine : machines) {
            Drain drain = new Drain(roll, machine);
            if (drain.begun()) {
                begun.add(drain);
            } else {
                (taken(machine, bounds) ? idle : others).add(drain);
            }
        }
    }

    private boolean taken(Fleet.Machine machine, Bounds bounds) {
        Map<String, String> labels = machine.node().map(Node::labels).orElse(Map.of());
        return bounds.takes(roll.params().from(), machine.zone(), labels);
    }

    /** How many nodes are left to a later run: those that are none of this one's, and all when no more may be begun. */
    int left() {
        return others.size() + (mayBegin == 0 ? idle.size() : 0);
    }

    /** Whether nothing is under way, and no more may be begun in this run. */
    boolean rests() {
        return begun.isEmpty() && roll.fleet().going().isEmpty() && left() > 0 && (idle.isEmpty() || mayBegin == 0);
    }

    /** Nodes under way, which do not include those that stepped aside. */
    private List<Drain> active() {
        List<Drain> active = new ArrayList<>(begun.size());
        for (Drain drain : begun) {
            if (!drain.timedOut() || drain.released()) {
                active.add(drain);
            }
        }
        return active;
    }

    /** How many nodes need replacements, counted up to that many: those begun, and those that wait and can be drained. */
    int wanted(int most) {
        int limit = Math.min(most - begun.size(), mayBegin);
        int more = 0;
        for (int i = 0; more < limit && i < idle.size(); i++) {
            more += idle.get(i).held().isEmpty() ? 1 : 0;
        }
        return Math.min(most, begun.size() + more);
    }

    /** Goes on with all that has begun and begins what may begin. */
    void next(Agenda agenda, int limit, int capacity) {
        List<Drain> active = active();
        for (Drain drain : active) {
            next(drain, agenda);
        }
        for (Fleet.Machine machine : roll.fleet().going()) {
            if (agenda.waitsFor(5)) {
                agenda.wait(5, "waiting for node " + machine.name() + " to go");
            }
        }
        int free = limit - active.size() - roll.fleet().going().size();
        if (left() > 0 && mayBegin == 0) {
            return;
        }
        boolean none = free > 0 && start(agenda, free, capacity - active.size()) == 0;
        if (active.isEmpty() && none && left() == 0 && roll.fleet().going().isEmpty()) {
            lastChance(agenda);
        }
    }

    /** Begins drains while there is a slot and capacity; how many candidates there were. */
    private int start(Agenda agenda, int slots, int capacity) {
        int may = Math.max(0, Math.min(slots, capacity));
        List<Drain> next = next(may + 1);
        for (int i = 0; i < Math.min(next.size(), Math.min(may, mayBegin)); i++) {
            next.get(i).begin(agenda);
        }
        if (next.size() > may && agenda.waitsFor(10)) {
            agenda.wait(
                    10,
                    "waiting for a proven replacement of node " + next.get(may).name());
        }
        return next.size();
    }

    /** The first of those that can be drained, as many as asked for if there are; what cannot be drained is noted. */
    private List<Drain> next(int most) {
        List<Drain> next = new ArrayList<>();
        List<Drain> withoutRoom = new ArrayList<>();
        List<Drain> hosts = new ArrayList<>();
        for (Drain drain : order()) {
            if (next.size() == most) {
                return next;
            }
            Optional<Drain.Held> held = drain.held();
            if (held.isPresent()) {
                stuck.add(held.get());
            } else if (drain.hostsUs()) {
                hosts.add(drain);
            } else {
                (drain.lacksRoom() ? withoutRoom : next).add(drain);
            }
        }
        next.addAll(withoutRoom);
        next.addAll(hosts);
        return next.subList(0, Math.min(most, next.size()));
    }

    private List<Drain> order() {
        Map<String, Integer> surplus = new HashMap<>();
        for (Node node : roll.onto()) {
            surplus.merge(node.zone(), 1, Integer::sum);
        }
        for (Drain drain : begun) {
            surplus.merge(drain.zone(), -1, Integer::sum);
        }
        String first = firstZone.orElse("");
        NavigableMap<Integer, List<Drain>> inFirst = new TreeMap<>(Comparator.reverseOrder());
        NavigableMap<Integer, List<Drain>> bySurplus = new TreeMap<>(Comparator.reverseOrder());
        // machines are in the order of their names already
        for (Drain drain : idle) {
            (first.equals(drain.zone()) ? inFirst : bySurplus)
                    .computeIfAbsent(surplus.getOrDefault(drain.zone(), 0), s -> new ArrayList<>())
                    .add(drain);
        }
        List<Drain> order = new ArrayList<>(idle.size());
        inFirst.values().forEach(order::addAll);
        bySurplus.values().forEach(order::addAll);
        return order;
    }

    private void next(Drain drain, Agenda agenda) {
        int wanted = Math.max(roll.fleet().wanted(), machines.size());
        drain.next(wanted - machines.size() + begun.indexOf(drain) + 1, wanted, agenda);
    }

    /** Those that stepped aside once more, with their full time; counted from a resume anew. */
    private void lastChance(Agenda agenda) {
        Instant since = begun.stream()
                .map(d -> d.begunAt().plusSeconds(roll.params().drainTimeoutSeconds()))
                .max(Instant::compareTo)
                .orElse(progress.underWaySince());
        Instant ended = roll.fleet().lastTermination().map(Progress.Entry::at).orElse(since);
        Instant from = latest(latest(since, ended), progress.underWaySince());
        boolean more = progress.now().isBefore(from.plusSeconds(roll.params().drainTimeoutSeconds()));
        for (Drain drain : begun) {
            Optional<Drain.Held> held = drain.held();
            if (more && held.isEmpty()) {
                next(drain, agenda);
            } else {
                stuck.add(held.orElseGet(drain::slow));
            }
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Pods that keep their nodes, as far as this pass has looked. */
    List<Drain.Held> stuck() {
        return List.copyOf(stuck);
    }

    /** What blocks among them: what the plan does not let remain. */
    Optional<Finding> blocking() {
        return stuck.stream()
                .filter(h -> roll.fleet().back() || !mayRemain(h))
                .findFirst()
                .map(h -> h.code()
                        .of(
                                "Node " + h.machine().name(),
                                h.pod().isEmpty() ? h.reason() : "keeps pod " + h.pod() + ", which " + h.reason(),
                                h.remedy().isEmpty() ? "move the pod by hand, then resume" : h.remedy()));
    }

    List<Deferred> deferred() {
        return stuck.stream()
                .map(h -> new Deferred(h.machine().name(), h.pod(), h.reason()))
                .toList();
    }

    private boolean mayRemain(Drain.Held held) {
        List<String> named = roll.params().mayRemain();
        return named.contains(roll.params().from())
                || held.workload().filter(named::contains).isPresent();
    }
}
