package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Containers.Ailment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the process in a pod is, for the kubelet to ask. */
record PodHealth(State state, String message) {

    static final PodHealth STARTING = new PodHealth(State.STARTING, "the process starts");
    static final PodHealth READY = new PodHealth(State.READY, "");

    enum State {
        STARTING,
        CRASHED,
        READY
    }

    PodHealth {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
    }

    static PodHealth waits(String message) {
        return new PodHealth(State.STARTING, message);
    }

    static PodHealth crashed(String message) {
        return new PodHealth(State.CRASHED, message);
    }

    Optional<Ailment> ailment() {
        return switch (state) {
            case READY -> Optional.empty();
            case STARTING -> Optional.of(Ailment.notReady(message));
            case CRASHED -> Optional.of(Ailment.crashed(message));
        };
    }

    /** Whether the Ready condition of a pod holds. */
    static boolean isReady(Map<String, ?> pod) {
        return Tree.maps(pod, "status", "conditions").stream()
                .anyMatch(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")));
    }

    /** Whether the kubelet holds its containers back before it starts them again. */
    static boolean backsOff(Map<String, ?> pod) {
        return Tree.maps(pod, "status", "containerStatuses").stream()
                .anyMatch(c -> Tree.at(c, "state", "waiting").isPresent());
    }
}
