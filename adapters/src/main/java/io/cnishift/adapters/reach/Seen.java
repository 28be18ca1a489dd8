package io.cnishift.adapters.reach;

import io.cnishift.api.port.Answer.Verdict;
import java.util.Objects;

/** An answer before it has a date. */
record Seen(Verdict verdict, String evidence) {

    Seen {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(evidence);
    }

    static Seen reached(String evidence) {
        return new Seen(Verdict.REACHED, evidence);
    }

    static Seen notReached(String evidence) {
        return new Seen(Verdict.NOT_REACHED, evidence);
    }

    static Seen unknown(String reason) {
        return new Seen(Verdict.UNKNOWN, reason);
    }
}
