package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.journal.Measures;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
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
        for (Pod pod : view.pods()) {
            counted(pod)
                    .ifPresent(workload -> seats.put(
                            pod.key(),
                            new Seat(pod.uid(), workload, pod.createdAt().isAfter(begin) ? 1 : 0)));
        }
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
