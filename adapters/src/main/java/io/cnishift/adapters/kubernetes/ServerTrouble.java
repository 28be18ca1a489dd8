package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.MigrationException;
import java.util.Optional;

/** What a request that failed for good means to somebody who wanted to change something. */
final class ServerTrouble {

    private ServerTrouble() {}

    /** Whether no request of this caller can succeed: credentials that are not accepted, a certificate that is not trusted. */
    static boolean ofCaller(CallFailure failure) {
        return failure.is(Fault.Kind.CREDENTIALS)
                || (failure.getCause() instanceof KubeFailure answer && answer.untrusted());
    }

    /** Why the server refused; empty when it did not say. A request that cnishift held back was not refused by the server. */
    static Optional<Reason> reason(CallFailure failure) {
        if (failure.getCause() instanceof KubeFailure answer) {
            return RefusalReasons.of(answer);
        }
        return failure.is(Fault.Kind.THROTTLED) ? Optional.of(Reason.THROTTLED) : Optional.empty();
    }

    /** What the server said; of a missing permission, which one it is. */
    static String message(CallFailure failure) {
        return failure.getCause() instanceof KubeFailure answer
                        && RefusalReasons.of(answer).isPresent()
                        && !failure.is(Fault.Kind.DENIED)
                ? answer.whole()
                : failure.fault().reason();
    }

    /** Nothing was changed, and what had to be known could not be read. */
    static MigrationException unread(CallFailure failure) {
        return failure.ends("CLUSTER-API-SERVER", failure.fault().reason());
    }

    /** A change was asked for and the answer was lost. */
    static MigrationException unknownOutcome(KubeFailure lost, CallFailure last) {
        return new MigrationException(
                "CLUSTER-OUTCOME-UNKNOWN",
                MigrationException.Category.ENVIRONMENT,
                Disposition.RETRY,
                "the API server was asked to " + last.operation() + " and its answer was lost ("
                        + KubeFaults.line(lost.getMessage()) + "), so whether it was done is unknown",
                last.fault().remedy(),
                last);
    }
}
