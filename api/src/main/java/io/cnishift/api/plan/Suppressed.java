package io.cnishift.api.plan;

import java.time.LocalDate;
import java.util.Objects;

/** Why a warning or info is hidden, and the last day on which it is (ISO date). */
public record Suppressed(String reason, String until) {

    public Suppressed {
        Objects.requireNonNull(reason);
        LocalDate.parse(until);
    }
}
