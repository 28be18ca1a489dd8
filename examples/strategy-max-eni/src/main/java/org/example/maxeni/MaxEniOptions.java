package org.example.maxeni;

import io.cnishift.api.Option;

/** What a user can choose. */
record MaxEniOptions(
        @Option(
                        description = "Interfaces that a node may have, its own one among them (MAX_ENI).",
                        example = "1",
                        defaultValue = "2")
                int maxEni) {

    MaxEniOptions {
        if (maxEni < 1) {
            throw new IllegalArgumentException("maxEni is at least 1: a node has its own interface");
        }
    }
}
