package io.cnishift.api.port;

import io.cnishift.api.cluster.ClusterSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes a world to rehearse in from a snapshot. */
public interface WorldFactory {

    /** A fresh world that looks like the snapshot; equal arguments give worlds that behave equally. */
    World open(ClusterSnapshot snapshot, Settings settings);

    /** Fresh worlds of two clusters in one VPC, on one clock; the second one is beside the one that is returned. */
    World open(ClusterSnapshot snapshot, ClusterSnapshot second, Settings settings);

    /**
     * How the world behaves.
     *
     * @param seed of everything random in it
     * @param faults faults to inject by name, e.g. {@code throttle=0.1}
     * @param ownerDelay after which owners do what they are asked; empty when they never do
     */
    record Settings(long seed, Map<String, String> faults, Optional<Duration> ownerDelay) {

        /** After this an owner acts unless told otherwise. */
        public static final Duration OWNER_DELAY = Duration.ofMinutes(15);

        public Settings {
            faults = Map.copyOf(faults);
            Objects.requireNonNull(ownerDelay);
        }

        /** With owners who act after the usual time. */
        public Settings(long seed, Map<String, String> faults) {
            this(seed, faults, Optional.of(OWNER_DELAY));
        }
    }
}
