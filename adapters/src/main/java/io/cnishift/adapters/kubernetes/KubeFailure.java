package io.cnishift.adapters.kubernetes;

import org.jspecify.annotations.Nullable;

/** An answer of the API server that is no success, or none at all. */
final class KubeFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Status of a request that got no answer. */
    static final int NO_ANSWER = 0;

    private final int status;
    private final String reason;

    /**
     * A failure.
     *
     * @param reason the reason of the Status object, empty when the answer was none
     */
    KubeFailure(int status, String reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }
}
