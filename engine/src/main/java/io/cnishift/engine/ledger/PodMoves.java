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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts how often the pods of a workload were replaced.
 *
 * <p>A workload has as many slots as it had pods. A pod that goes leaves its slot, and the next new pod of the workload
 * takes it; in a rollout that surges the new pod is there first, and takes the slot of the next one that goes. A slot
 * that was taken over once is a pod restarted, one taken over again is a pod restarted more than once. Pods of DaemonSets
 * and Jobs, static pods, bare ones and those of workloads that came with the run belong to no slot.
 */
final class PodMoves {

    private static final Set<String> COUNTED = Set.of("Deployment", "StatefulSet", "ReplicaSet");

    private final Set<String> workloads;
    private final Map<String, Seat> seats = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Integer> replaced = new TreeMap<>();
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
        this.workloads = workloads;
        this.once = soFar.podsRestarted();
        this.again = soFar.podsRestartedMoreThanOnce();
        this.replaced.putAll(soFar.restartsByWorkload());
        Map<String, List<Pod>> pods = new HashMap<>();
        soFar.slots().keySet().forEach(workload -> pods.put(workload, new ArrayList<>()));
        for (Pod pod : view.pods()) {
            counted(pod)
                    .ifPresent(workload -> pods.computeIfAbsent(workload, w -> new ArrayList<>())
                            .add(pod));
        }
        pods.forEach((workload, all) -> {
            Slots slots = soFar.slots().get(workload);
            if (slots == null) {
                all.forEach(pod -> seat(pod, workload, pod.createdAt().isAfter(begin) ? 1 : 0));
            } else {
                all.sort(Comparator.comparing(Pod::createdAt).thenComparing(Pod::key));
                seat(all, workload, slots);
            }
        });
    }

    /**
     * Seats pods where an earlier process left off. Which pod had which slot was not written down, only how many: the younger
     * a pod, the oftener its slot was taken over. Pods that went meanwhile leave theirs, those that came take a free one.
     *
     * @param pods the oldest first
     */
    private void seat(List<Pod> pods, String workload, Slots slots) {
        List<Integer> moves = slots.moves();
        Group group = group(workload);
        group.free().addAll(slots.free());
        int lost = Math.min(moves.size(), Math.max(0, moves.size() + slots.waiting() - pods.size()));
        group.free().addAll(moves.subList(0, lost));
        int seated = moves.size() - lost;
        for (int i = 0; i < pods.size(); i++) {
            Pod pod = pods.get(i);
            if (i < seated) {
                seat(pod, workload, moves.get(lost + i));
            } else if (i < seated + slots.waiting()) {
                seat(pod, workload, 0);
                group.waiting().add(pod.key());
            } else {
                came(pod);
            }
        }
    }

    private void seat(Pod pod, String workload, int moves) {
        seats.put(pod.key(), new Seat(pod.uid(), workload, moves));
    }

    /** Where the slots of workloads stand whose pods came or went. */
    Map<String, Slots> slots() {
        Map<String, List<Integer>> seated = new HashMap<>();
        groups.keySet().forEach(workload -> seated.put(workload, new ArrayList<>()));
        seats.forEach((pod, seat) -> {
            List<Integer> counts = seated.get(seat.workload());
            if (counts != null && !group(seat.workload()).waiting().contains(pod)) {
                while (counts.size() <= seat.moves()) {
                    counts.add(0);
                }
                counts.set(seat.moves(), counts.get(seat.moves()) + 1);
            }
        });
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
        if (change.part() != Part.PODS) {
            return;
        }
        Optional<Pod> now = change.now().map(Pod.class::cast).filter(p -> !p.terminating() && !p.finished());
        Seat seat = seats.get(change.key());
        if (seat != null && now.filter(p -> p.uid().equals(seat.uid())).isEmpty()) {
            seats.remove(change.key());
            left(seat);
        }
        if (!seats.containsKey(change.key())) {
            now.ifPresent(this::came);
        }
    }

    private void came(Pod pod) {
        counted(pod).ifPresent(workload -> {
            Group group = group(workload);
            Integer slot = group.free().poll();
            if (slot == null) {
                group.waiting().add(pod.key());
                seats.put(pod.key(), new Seat(pod.uid(), workload, 0));
            } else {
                seats.put(pod.key(), new Seat(pod.uid(), workload, slot + 1));
                taken(workload, slot + 1);
            }
        });
    }

    private void left(Seat seat) {
        Group group = group(seat.workload());
        for (String heir = group.waiting().poll();
                heir != null;
                heir = group.waiting().poll()) {
            Seat there = seats.get(heir);
            if (there != null) {
                seats.put(heir, new Seat(there.uid(), there.workload(), seat.moves() + 1));
                taken(seat.workload(), seat.moves() + 1);
                return;
            }
        }
        group.free().add(seat.moves());
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
