package io.cnishift.simulator.world;

import io.cnishift.api.port.MigrationException;
import io.cnishift.simulator.aws.AwsFaults;
import java.util.Map;
import java.util.TreeSet;

/** The faults that a user may inject, by name. */
final class Faults {

    private Faults() {}

    /** Refuses what nothing injects: a fault with a wrong name would be a rehearsal that proves nothing. */
    static void require(Map<String, String> given) {
        TreeSet<String> known = new TreeSet<>(AwsFaults.NAMES);
        known.addAll(RefusedActs.NAMES);
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw MigrationException.user(
                            "SIM-FAULT",
                            "there is no fault '" + name + "'",
                            "choose one of " + String.join(", ", known));
                });
    }
}
