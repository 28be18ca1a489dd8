package io.cnishift.strategy.overlay;

import java.util.Optional;
import java.util.OptionalInt;

/** What one value alone can get wrong, of the options that both strategies have. */
final class ChoiceRules {

    private ChoiceRules() {}

    static void hops(OptionalInt limit) {
        require(limit.orElse(1) >= 1 && limit.orElse(1) <= 64, "imdsHopLimit is 1 to 64");
    }

    static void registry(Optional<String> image) {
        image.ifPresent(registry -> require(
                registry.matches("[A-Za-z0-9][A-Za-z0-9.:-]*(/[a-z0-9._-]+)*"),
                "imageRegistry is a host and a path, without a scheme and without a slash at the end"));
    }

    /** @throws IllegalArgumentException with that rule when it does not hold */
    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
