package io.cnishift.adapters.helm;

import io.cnishift.adapters.resilience.Masked;

/** Helm's refusal in one line, or that it gave no answer. Stays in this package. */
final class HelmFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean answered;

    private HelmFailure(String line, boolean answered) {
        super(Masked.text(line));
        this.answered = answered;
    }

    /** Helm said no. */
    static HelmFailure said(String line) {
        return new HelmFailure(line, true);
    }

    /** Helm was ended, or could not be started; nobody knows what it did. */
    static HelmFailure silent(String line) {
        return new HelmFailure(line, false);
    }

    String line() {
        return String.valueOf(getMessage());
    }

    /** Whether Helm itself gave the reason. */
    boolean answered() {
        return answered;
    }
}
