package io.cnishift.strategy.newcluster;

import java.util.Objects;

/** Takes away what {@link OpenNodes} added. */
record CloseNodes(OpenNodes opened) {
    CloseNodes {
        Objects.requireNonNull(opened);
    }
}
