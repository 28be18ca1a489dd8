package io.cnishift.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What goes on inside of containers, as far as somebody plays it: a CNI daemon that is not up yet, an agent that does not like
 * its configuration; and whether their images can be had at all. The kubelet asks whenever it is about to call a pod ready, and again while the pod is not.
 */
public final class Containers {
    private final List<Function<Map<String, Object>, Optional<Ailment>>> players = new ArrayList<>();
    private final List<BiFunction<String, String, Optional<String>>> pullers = new ArrayList<>();

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

    /** From now on this says why a node does not get an image, by the node's name and the image; empty when it does. */
    public void pulledBy(BiFunction<String, String, Optional<String>> puller) {
        pullers.add(Objects.requireNonNull(puller, "puller"));
    }

    /** Why a node does not get an image; empty when it does, as when nobody plays registries. */
    public Optional<String> pull(String node, String image) {
        return pullers.stream().flatMap(p -> p.apply(node, image).stream()).findFirst();
    }

    /** What is wrong inside of a pod whose containers run; empty when nothing is. */
    public Optional<Ailment> ailment(Map<String, Object> pod) {
        for (Function<Map<String, Object>, Optional<Ailment>> player : players) {
            Optional<Ailment> ailment = player.apply(pod);
            if (ailment.isPresent()) {
                return ailment;
            }
        }
        return Optional.empty();
    }
}
