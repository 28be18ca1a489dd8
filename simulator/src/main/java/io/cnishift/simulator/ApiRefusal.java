package io.cnishift.simulator;

import io.cnishift.api.port.ActResult;
import java.util.Objects;

/** The simulated API server refuses a request and changes nothing. */
public final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ActResult.Reason reason;

    public ApiRefusal(ActResult.Reason reason, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public ActResult.Reason reason() {
        return reason;
    }

    /** The same as the outcome of an act. */
    public ActResult.Refused asResult() {
        return new ActResult.Refused(reason, String.valueOf(getMessage()));
    }
}
