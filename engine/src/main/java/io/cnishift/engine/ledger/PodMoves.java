package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.Slots;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often the pods of a workload were replaced.
 *
 * <p>A workload has as many slots as it had pods. A pod that goes leaves its slot, and the next new pod of the workload
 * takes it; in a rollout that surges the new pod is there first, and takes the slot of the next one that goes. A slot
 * that was taken over once is a pod restarted, one taken over again is a pod restarted more than once. Pods of DaemonSets
 * and Jobs, static pods, bare ones and those of workloads that came with the run belong to no slot.
 *
 * <p>A workload that moves to a second cluster is one workload: its pods there wait for the slots of those here. A pod whose
 * node is gone has gone with it, however long the API server still lists it.
 */
final class PodMoves {

    private static final Set<String> COUNTED = Set.of("Deployment", "StatefulSet", "ReplicaSet");

    /** Before the keys of pods of the second cluster, which has pods of the same names. No namespace begins so. */
    private static final String THERE = "second:";

    private final Set<String> workloads;
    private final Map<String, Seat> seats = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Integer> replaced = new TreeMap<>();
    private final Set<String> nodesGone = new HashSet<>();
    private final View view;
    private int once;
    private int again;

    /** A pod that is there, and how often its slot was taken over. */
    private record Seat(String uid, String workload, int moves) {}

    /** Free slots of a workload, and new pods that have none yet. */
    private record Group(Deque<Integer> free, Deque<String> waiting) {}

    /**
     * Counts from now.
     *
     * @param workloads those that were there at the begin
     * @param soFar what earlier processes of the run have counted
     */
    PodMoves(View view, Instant begin, Set<String> workloads, Measures soFar) {
        this.view = view;
        this.workloads = workloads;
        this.once = soFar.podsRestarted();
        this.again = soFar.podsRestartedMoreThanOnce();
        this.replaced.putAll(soFar.restartsByWorkload());
        Map<String, List<Sitter>> pods = new HashMap<>();
        soFar.slots().keySet().forEach(workload -> pods.put(workload, new ArrayList<>()));
        view.pods().forEach(pod -> collect(pod, "", pods));
        view.second().ifPresent(there -> there.pods().forEach(pod -> collect(pod, THERE, pods)));
        pods.forEach((workload, all) -> {
            all.sort(Comparator.comparing((Sitter s) -> s.pod().createdAt())
                    .thenComparing(Sitter::there)
                    .thenComparing(Sitter::key));
            Slots slots = soFar.slots().get(workload);
            if (slots == null) {
                seat(all, workload, begin);
            } else {
                seat(all, workload, slots);
            }
        });
    }

    /** A pod, under the key that tells its cluster too. */
    private record Sitter(String key, Pod pod) {
        boolean there() {
            return key.startsWith(THERE);
        }
    }

    private void collect(Pod pod, String cluster, Map<String, List<Sitter>> into) {
        counted(pod)
                .ifPresent(workload -> into.computeIfAbsent(workload, w -> new ArrayList<>())
                        .add(new Sitter(cluster + pod.key(), pod)));
    }

    /** Seats pods of which nothing is written down: those of the second cluster wait for what goes in the first. */
    private void seat(List<Sitter> pods, String workload, Instant begin) {
        for (Sitter sitter : pods) {
            boolean came = sitter.pod().createdAt().isAfter(begin);
            seat(sitter, workload, came && !sitter.there() ? 1 : 0);
            if (sitter.there()) {
                group(workload).waiting().add(sitter.key());
            }
        }
    }

    /**
     * Seats pods where an earlier process left off. Which pod had which slot was not written down, only how many: the younger
     * a pod, the oftener its slot was taken over. Pods that went meanwhile leave theirs, those that came take a free one.
     *
     * @param pods the oldest first
     */
    private void seat(List<Sitter> pods, String workload, Slots slots) {
        List<Integer> moves = slots.moves();
        Group group = group(workload);
        group.free().addAll(slots.free());
        int lost = Math.min(moves.size(), Math.max(0, moves.size() + slots.waiting() - pods.size()));
        group.free().addAll(moves.subList(0, lost));
        int seated = moves.size() - lost;
        for (int i = 0; i < pods.size(); i++) {
            Sitter sitter = pods.get(i);
            if (i < seated) {
                seat(sitter, workload, moves.get(lost + i));
            } else if (i < seated + slots.waiting()) {
                seat(sitter, workload, 0);
                group.waiting().add(sitter.key());
            } else {
                came(sitter);
            }
        }
    }

    private void seat(Sitter sitter, String workload, int moves) {
        seats.put(sitter.key(), new Seat(sitter.pod().uid(), workload, moves));
    }

    /** Where the slots of workloads stand whose pods came or went. */
    Map<String, Slots> slots() {
        Map<String, List<Integer>> seated = new HashMap<>();
        groups.keySet().forEach(workload -> seated.put(workload, new ArrayList<>()));
        for (Map.Entry<String, Seat> entry : seats.entrySet()) {
            Seat seat = entry.getValue();
            Group group = groups.get(seat.workload());
            if (group != null && !group.waiting().contains(entry.getKey())) {
                List<Integer> counts = Objects.requireNonNull(seated.get(seat.workload()));
                while (counts.size() <= seat.moves()) {
                    counts.add(0);
                }
                counts.set(seat.moves(), counts.get(seat.moves()) + 1);
            }
        }
        Map<String, Slots> slots = new TreeMap<>();
        seated.forEach((workload, counts) -> {
            Group group = group(workload);
            int waiting =
                    (int) group.waiting().stream().filter(seats::containsKey).count();
            slots.put(workload, new Slots(counts, List.copyOf(group.free()), waiting));
        });
        return slots;
    }

    int once() {
        return once;
    }

    int again() {
        return again;
    }

    Map<String, Integer> byWorkload() {
        return Map.copyOf(replaced);
    }

    void accept(Change change) {
        if (change.part() == Part.NODES) {
            node(change);
        } else {
            accept(change, "");
        }
    }

    void acceptOfSecond(Change change) {
        accept(change, THERE);
    }

    private void node(Change change) {
        if (change.now().isPresent()) {
            nodesGone.remove(change.key());
        } else if (nodesGone.add(change.key())) {
            view.podsOn(change.key()).forEach(pod -> leave(pod.key()));
        }
    }

    private void accept(Change change, String cluster) {
        if (change.part() != Part.PODS) {
            return;
        }
        @Nullable Pod pod = (Pod) change.now().orElse(null);
        boolean there = pod != null && !pod.terminating() && !pod.finished() && !stranded(pod, cluster);
        String key = cluster.isEmpty() ? change.key() : cluster + change.key();
        Seat seat = seats.get(key);
        boolean seated =
                seat != null && there && Objects.requireNonNull(pod).uid().equals(seat.uid());
        if (seat != null && !seated) {
            leave(key);
        }
        if (there && !seated) {
            came(new Sitter(key, Objects.requireNonNull(pod)));
        }
    }

    private boolean stranded(Pod pod, String cluster) {
        return cluster.isEmpty()
                && !nodesGone.isEmpty()
                && pod.node().isPresent()
                && nodesGone.contains(pod.node().get());
    }

    private void came(Sitter sitter) {
        counted(sitter.pod()).ifPresent(workload -> {
            Group group = group(workload);
            Integer slot = group.free().poll();
            if (slot == null) {
                group.waiting().add(sitter.key());
                seat(sitter, workload, 0);
            } else {
                seat(sitter, workload, slot + 1);
                taken(workload, slot + 1);
            }
        });
    }

    /** One that waited for a slot leaves none to others that wait; to one that comes after it it does. */
    private void leave(String key) {
        Seat seat = seats.remove(key);
        if (seat == null) {
            return;
        }
        Group group = group(seat.workload());
        boolean waited = group.waiting().remove(key);
        if (group.waiting().isEmpty()) {
            group.free().add(seat.moves());
        } else if (!waited) {
            String heir = group.waiting().remove();
            seats.computeIfPresent(heir, (k, there) -> new Seat(there.uid(), there.workload(), seat.moves() + 1));
            taken(seat.workload(), seat.moves() + 1);
        }
    }

    private void taken(String workload, int moves) {
        replaced.merge(workload, 1, Integer::sum);
        once += moves == 1 ? 1 : 0;
        again += moves == 2 ? 1 : 0;
    }

    private Group group(String workload) {
        return groups.computeIfAbsent(workload, w -> new Group(new ArrayDeque<>(), new ArrayDeque<>()));
    }

    private Optional<String> counted(Pod pod) {
        return pod.finished()
                ? Optional.empty()
                : pod.workload().filter(w -> COUNTED.contains(w.substring(0, w.indexOf('/'))) && workloads.contains(w));
    }
}
