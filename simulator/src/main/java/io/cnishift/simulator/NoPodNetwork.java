package io.cnishift.simulator;

import java.util.Map;
import java.util.Optional;

/** Nodes without any CNI. */
final class NoPodNetwork implements PodNetwork {
    private static final String REASON = "cni plugin not initialized";

    @Override
    public Wiring add(String node, Map<String, Object> pod) {
        return new Wiring.Refused(REASON);
    }

    @Override
    public void remove(String node, Map<String, Object> pod) {
        // nothing was wired
    }

    @Override
    public Optional<String> notReadyReason(String node) {
        return Optional.of(REASON);
    }
}
