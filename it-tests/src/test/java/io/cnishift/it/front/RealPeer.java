package io.cnishift.it.front;

import java.nio.file.Path;
import java.util.Optional;

/** A real API server. */
final class RealPeer implements Peer {

    @Override
    public Optional<String> absent() {
        return Optional.of("neither KUBEBUILDER_ASSETS nor CNISHIFT_IT_KUBECONFIG is set");
    }

    @Override
    public Site open(Path folder) {
        throw new IllegalStateException();
    }

    @Override
    public String toString() {
        return "real API server";
    }
}
