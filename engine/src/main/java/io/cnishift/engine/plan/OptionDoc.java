package io.cnishift.engine.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * One option of a strategy as documented.
 *
 * @param name as a user writes it; {@code NAME.KEY} for an option with free keys
 * @param type in words: text, whole number, yes or no, duration, list, one of ...
 */
public record OptionDoc(
        String name, String type, Optional<String> defaultValue, boolean required, String description, String example) {

    public OptionDoc {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(description);
        Objects.requireNonNull(example);
    }
}
