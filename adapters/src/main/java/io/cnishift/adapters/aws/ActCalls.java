package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.adapters.resilience.Operation;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.api.port.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The requests of one act. None begins that could end after {@link #LIMIT}, and whether a write may have been done although its
 * answer was lost is remembered.
 */
final class ActCalls implements Calls {

    /** How long an act takes at most. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** How long one request of an act waits for its answer. */
    static final Duration ANSWER = Duration.ofSeconds(10);

    private static final int SERVER_ERROR = 500;

    private final ResilientCalls calls;
    private final TimeSource time;
    private final Instant lastBegin;
    private boolean inDoubt;

    ActCalls(ResilientCalls calls, TimeSource time) {
        this.calls = calls;
        this.time = time;
        this.lastBegin = time.now().plus(LIMIT).minus(ANSWER);
    }

    /** A read; repeated as needed. */
    @Override
    public <T> T call(Operation operation, Supplier<T> request) {
        begin(operation);
        return calls.call(operation, () -> {
            begin(operation);
            return request.get();
        });
    }

    /** A write that is the same when it is sent twice. */
    <T> T write(String service, String action, Supplier<T> request) {
        return call(Operation.aws(service, action), noting(request));
    }

    /** A write that is sent once at most. */
    <T> T once(String service, String action, Supplier<T> request) {
        Operation operation = Operation.aws(service, action);
        begin(operation);
        return calls.once(operation, noting(request));
    }

    /** Lets time pass; less of it when the thread is interrupted. */
    void pause(Duration length) {
        Instant end = time.now().plus(length);
        while (time.now().isBefore(end) && !Thread.currentThread().isInterrupted()) {
            time.await(end);
        }
    }

    /** Whether a write was sent whose answer never came. */
    boolean inDoubt() {
        return inDoubt;
    }

    private <T> Supplier<T> noting(Supplier<T> request) {
        return () -> {
            try {
                T answer = request.get();
                inDoubt = false;
                return answer;
            } catch (AwsServiceException e) {
                inDoubt |= e.statusCode() >= SERVER_ERROR && !e.isThrottlingException();
                throw e;
            } catch (SdkClientException e) {
                inDoubt |= !neverSent(e);
                throw e;
            }
        };
    }

    /** Nobody was there to take it, or there was nothing to sign it with. */
    private static boolean neverSent(SdkClientException e) {
        boolean io = false;
        for (Throwable here = e; here != null; here = here.getCause()) {
            if (here instanceof ConnectException || here instanceof UnknownHostException) {
                return true;
            }
            io |= here instanceof IOException || here instanceof ApiCallTimeoutException;
        }
        return !io;
    }

    private void begin(Operation operation) {
        if (time.now().isAfter(lastBegin)) {
            Fault late = new Fault(
                    Fault.Kind.UNAVAILABLE,
                    operation + " was not asked, for the act took too long already",
                    "look whether AWS answers slowly, then run it again");
            throw new CallFailure(operation, late, new IllegalStateException(late.reason()));
        }
    }
}
