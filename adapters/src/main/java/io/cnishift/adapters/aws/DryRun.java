package io.cnishift.adapters.aws;

import java.util.Objects;

/**
 * What AWS said when it was asked whether it would take an act.
 *
 * @param message why not; empty when it would
 */
public record DryRun(Verdict verdict, String message) {

    /** How it answered. */
    public enum Verdict {
        /** It would be done: permissions and parameters are good. */
        WOULD_SUCCEED,
        REFUSED,
        /** The API of this act cannot be asked without doing it. */
        NOT_POSSIBLE
    }

    public DryRun {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(message);
    }
}
