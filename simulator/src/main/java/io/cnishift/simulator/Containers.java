package io.cnishift.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What goes on inside of containers, as far as somebody plays it: a CNI daemon that is not up yet, an agent that does not like
 * its configuration. The kubelet asks whenever it is about to call a pod ready, and again while the pod is not.
 */
public final class Containers {
    private final List<Function<Map<String, Object>, Optional<Ailment>>> players = new ArrayList<>();

    Containers() {}

    /** How a container that should serve does not. */
    public enum Kind {
        /** Its process ended: it is restarted with back-off. */
        CRASHED,
        /** It runs, and its readiness probe fails. */
        NOT_READY
    }

    /** What is wrong inside of a pod. */
    public record Ailment(Kind kind, String message) {
        public Ailment {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
        }

        /** Its process ended. */
        public static Ailment crashed(String message) {
            return new Ailment(Kind.CRASHED, message);
        }

        /** Its readiness probe fails. */
        public static Ailment notReady(String message) {
            return new Ailment(Kind.NOT_READY, message);
        }
    }

    /** From now on this is asked about every pod; it knows nothing of pods that it does not play. */
    public void playedBy(Function<Map<String, Object>, Optional<Ailment>> player) {
        players.add(Objects.requireNonNull(player, "player"));
    }

    /** What is wrong inside of a pod whose containers run; empty when nothing is. */
    public Optional<Ailment> ailment(Map<String, Object> pod) {
        return players.stream().flatMap(p -> p.apply(pod).stream()).findFirst();
    }
}
