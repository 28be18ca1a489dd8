package io.cnishift.api.port;

import io.cnishift.api.cluster.ClusterSnapshot;
import java.util.Map;

/** Makes a world to rehearse in from a snapshot. */
public interface WorldFactory {

    /** A fresh world that looks like the snapshot; equal arguments give worlds that behave equally. */
    World open(ClusterSnapshot snapshot, Settings settings);

    /**
     * How the world behaves.
     *
     * @param seed of everything random in it
     * @param faults faults to inject by name, e.g. {@code throttle=0.1}
     */
    record Settings(long seed, Map<String, String> faults) {
        public Settings {
            faults = Map.copyOf(faults);
        }
    }
}
