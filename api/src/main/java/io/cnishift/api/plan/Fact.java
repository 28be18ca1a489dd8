package io.cnishift.api.plan;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Something a step relies on; a run is refused when it no longer holds. Exactly one of the three bounds is given. */
public record Fact(String subject, String field, Optional<String> value, OptionalLong atLeast, OptionalLong atMost) {

    public Fact {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(field);
    }

    /** The field must have this value. */
    public static Fact equal(String subject, String field, String value) {
        return new Fact(subject, field, Optional.of(value), OptionalLong.empty(), OptionalLong.empty());
    }

    /** The field must be this or more. */
    public static Fact atLeast(String subject, String field, long bound) {
        return new Fact(subject, field, Optional.empty(), OptionalLong.of(bound), OptionalLong.empty());
    }

    /** The field must be this or less. */
    public static Fact atMost(String subject, String field, long bound) {
        return new Fact(subject, field, Optional.empty(), OptionalLong.empty(), OptionalLong.of(bound));
    }
}
