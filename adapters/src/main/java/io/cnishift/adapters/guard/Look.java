package io.cnishift.adapters.guard;

import io.cnishift.api.port.GuardPort.Verdict;
import java.util.Objects;

/**
 * What one look at a guard came to.
 *
 * @param evidence what was seen, or why nothing was
 */
public record Look(Verdict verdict, String evidence) {

    public Look {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(evidence);
    }

    public static Look green(String evidence) {
        return new Look(Verdict.GREEN, evidence);
    }

    public static Look red(String evidence) {
        return new Look(Verdict.RED, evidence);
    }

    /** Nobody knows. */
    public static Look unknown(String why) {
        return new Look(Verdict.UNKNOWN, why);
    }
}
