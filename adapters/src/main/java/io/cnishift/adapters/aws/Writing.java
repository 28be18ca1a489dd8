package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the performing of one act works with.
 *
 * @param cluster its name in EKS
 */
record Writing(String cluster, AwsClients clients, AwsApis apis, ActCalls calls, Tokens tokens) {

    /** The answer of a read; empty when AWS says that there is no such thing. */
    static <T> Optional<T> found(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (CallFailure failure) {
            if (failure.is(Fault.Kind.NOT_FOUND)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** The code of the error that AWS answered with; empty when it did not answer. */
    static String code(CallFailure failure) {
        return failure.getCause() instanceof AwsServiceException e
                        && e.awsErrorDetails() != null
                        && e.awsErrorDetails().errorCode() != null
                ? e.awsErrorDetails().errorCode()
                : "";
    }

    /** What AWS says beside the code. */
    static String message(CallFailure failure) {
        return failure.getCause() instanceof AwsServiceException e
                        && e.awsErrorDetails() != null
                        && e.awsErrorDetails().errorMessage() != null
                ? e.awsErrorDetails().errorMessage()
                : "";
    }
}
