package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule that a key which a phase must own is not the user's to set. */
final class OwnedKeys {

    private OwnedKeys() {}

    /**
     * One error for each owned key that the user's values set to something else. Saying the same as the phase is harmless
     * and not reported; replacing a map on the way to an owned key by something that is no map is.
     */
    public static List<ValueProblem> conflicts(PhaseValues phase, Values user) {
        List<ValueProblem> problems = new ArrayList<>();
        phase.reasons().forEach((key, because) -> {
            Object owned = phase.values().get(key).orElseThrow();
            clash(key, owned, user)
                    .ifPresent(set -> problems.add(ValueProblem.error(
                            ValueRule.OWNED_VALUE,
                            key,
                            "values set " + key + " to " + set + ", but the migration needs " + owned + ", because "
                                    + because,
                            "remove " + key
                                    + " from the values; to run with it, change it after the migration is complete")));
        });
        return List.copyOf(problems);
    }

    private static Optional<Object> clash(String key, Object owned, Values user) {
        List<String> keys = ValuePath.split(key);
        for (int depth = 1; depth < keys.size(); depth++) {
            Optional<Object> above = user.get(String.join(".", keys.subList(0, depth)));
            if (above.isPresent() && !(above.get() instanceof Map)) {
                return above;
            }
        }
        return user.get(key).filter(set -> !same(set, owned));
    }

    /** Helm's templates print {@code "true"} and {@code true} alike, so the text counts. */
    private static boolean same(Object set, Object owned) {
        return set.equals(owned) || set.toString().equals(owned.toString());
    }
}
