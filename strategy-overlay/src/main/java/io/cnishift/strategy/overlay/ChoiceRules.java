package io.cnishift.strategy.overlay;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What one value alone can get wrong, of the options that both strategies have. */
final class ChoiceRules {

    private ChoiceRules() {}

    static void surge(Map<String, Integer> surge) {
        surge.forEach((group, extra) -> require(extra >= 0, "surge." + group + " is 0 or more"));
    }

    static void counts(OptionalInt maxUnavailable, OptionalInt maxPods) {
        require(maxUnavailable.orElse(1) >= 1, "maxUnavailable is 1 or more");
        require(maxPods.orElse(1) >= 1, "maxPods is 1 or more");
    }

    static void hops(OptionalInt limit) {
        require(limit.orElse(1) >= 1 && limit.orElse(1) <= 64, "imdsHopLimit is 1 to 64");
    }

    static void registry(Optional<String> image) {
        image.ifPresent(registry -> require(
                registry.matches("[A-Za-z0-9][A-Za-z0-9.:-]*(/[a-z0-9._-]+)*"),
                "imageRegistry is a host and a path, without a scheme and without a slash at the end"));
    }

    static void drainTimeout(Duration timeout) {
        require(timeout.toSeconds() >= 1, "drainTimeout is 1 second or more");
    }

    /** @throws IllegalArgumentException with that rule when it does not hold */
    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
