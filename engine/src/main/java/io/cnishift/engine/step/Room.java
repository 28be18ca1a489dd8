package io.cnishift.engine.step;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is still free on some nodes: pod slots, CPU and memory. A lower bound for the scheduler, which sees more. */
final class Room {

    private final List<Free> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Room() {}

    static Room on(View view, List<Node> nodes) {
        Room room = new Room();
        for (Node node : nodes) {
            Free free = new Free(node.maxPods(), node.cpuMillis(), node.memoryMiB());
            view.podsOn(node.name()).stream().filter(p -> !p.finished()).forEach(free::take);
            room.nodes.add(free);
            room.names.add(node.name());
        }
        return room;
    }

    /** Whether those of the pods that are elsewhere find a place, one after the other; nothing is taken. */
    boolean fits(Collection<Pod> pods) {
        Map<Free, Free> touched = new HashMap<>();
        return pods.stream()
                .filter(p -> !p.finished() && p.node().filter(names::contains).isEmpty())
                .allMatch(p -> nodes.stream().anyMatch(free -> takes(free, p, touched)));
    }

    private static boolean takes(Free node, Pod pod, Map<Free, Free> touched) {
        Free now = touched.getOrDefault(node, node);
        if (!now.fits(pod)) {
            return false;
        }
        touched.computeIfAbsent(node, Free::copy).take(pod);
        return true;
    }

    /** What is free on one node. */
    private static final class Free {
        private int slots;
        private long cpu;
        private long memory;

        Free(int slots, long cpu, long memory) {
            this.slots = slots;
            this.cpu = cpu;
            this.memory = memory;
        }

        void take(Pod pod) {
            slots--;
            cpu -= pod.cpuMillis();
            memory -= pod.memoryMiB();
        }

        boolean fits(Pod pod) {
            return slots > 0 && cpu >= pod.cpuMillis() && memory >= pod.memoryMiB();
        }

        Free copy() {
            return new Free(slots, cpu, memory);
        }
    }
}
