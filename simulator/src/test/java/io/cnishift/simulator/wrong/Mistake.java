package io.cnishift.simulator.wrong;

import io.cnishift.api.cluster.ClusterSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Something done wrong, and what becomes of it.
 *
 * @param number of the behaviour that must go wrong, in the list of docs/simulator.md
 * @param punishedBy ids of the behaviours that each make it fail: without any one of them it goes unpunished
 * @param symptom part of what is seen when it fails
 * @param does opens a cluster, does it, lets time pass, and says what failed
 */
record Mistake(
        int number, String title, List<String> punishedBy, String symptom, Function<Opener, Optional<String>> does) {

    Mistake {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(symptom, "symptom");
        Objects.requireNonNull(does, "does");
        punishedBy = List.copyOf(punishedBy);
    }

    /** Opens a cluster with the behaviours of the trial. */
    interface Opener {

        /** A cluster in which those faults happen, by the names that a rehearsal gives them. */
        TestCluster open(ClusterSnapshot snapshot, Map<String, String> faults);

        default TestCluster open(ClusterSnapshot snapshot) {
            return open(snapshot, Map.of());
        }
    }

    /** What is seen in a world without those behaviours; empty when nothing fails. */
    Optional<String> seenWithout(Set<String> ids) {
        return does.apply((snapshot, faults) -> TestCluster.without(ids, snapshot, faults));
    }

    @Override
    public String toString() {
        return number + " " + title;
    }
}
