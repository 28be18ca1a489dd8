package io.cnishift.engine.step;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    /** Whether those of the pods that are elsewhere find a place. */
    boolean fits(List<Pod> pods) {
        return pods.stream()
                .filter(p -> !p.finished() && p.node().filter(names::contains).isEmpty())
                .allMatch(p -> nodes.stream().anyMatch(free -> free.takeIfFits(p)));
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

        boolean takeIfFits(Pod pod) {
            boolean fits = slots > 0 && cpu >= pod.cpuMillis() && memory >= pod.memoryMiB();
            if (fits) {
                take(pod);
            }
            return fits;
        }
    }
}
