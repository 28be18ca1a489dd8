package io.cnishift.adapters.resilience;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import java.util.Objects;

/** A request that failed for good. Stays inside adapters: readers turn it into something unknown, or into the end. */
public final class CallFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Operation operation;
    private final transient Fault fault;

    public CallFailure(Operation operation, Fault fault, RuntimeException cause) {
        super(operation + ": " + fault.reason(), cause);
        this.operation = Objects.requireNonNull(operation);
        this.fault = Objects.requireNonNull(fault);
    }

    public Operation operation() {
        return operation;
    }

    public Fault fault() {
        return fault;
    }

    /** Whether the failure is of that kind. */
    public boolean is(Fault.Kind kind) {
        return fault.kind() == kind;
    }

    /** The end of what could not go on without the answer: it is tried again where the fault may pass, else somebody is asked. */
    public MigrationException ends(String code, String message) {
        return new MigrationException(
                code,
                MigrationException.Category.ENVIRONMENT,
                fault.passing() ? Disposition.RETRY : Disposition.ASK,
                message,
                fault.remedy(),
                this);
    }
}
