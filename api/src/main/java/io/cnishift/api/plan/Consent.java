package io.cnishift.api.plan;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A consent as the user gave it; without a subject it covers every subject of its code. */
public record Consent(
        String code, Optional<String> subject, Optional<String> by, Optional<Instant> at, Optional<String> reason) {

    public Consent {
        Objects.requireNonNull(code);
    }

    /** Whether this consent covers that code and subject. */
    public boolean covers(String otherCode, String otherSubject) {
        return code.equals(otherCode) && subject.map(otherSubject::equals).orElse(true);
    }
}
