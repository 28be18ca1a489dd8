package io.cnishift.strategy.newcluster;

import java.util.Objects;

/** Looks whether the first cluster can be deleted, before anything of it is. */
record CheckFirst(String name) {
    CheckFirst {
        Objects.requireNonNull(name);
    }
}
