package io.cnishift.adapters.resilience;

import java.util.function.Supplier;

/** Makes requests; every request of the readers goes through one of these, a page of a list being one request. */
@FunctionalInterface
public interface Calls {

    /**
     * Makes one request.
     *
     * @throws CallFailure when the API failed or refused
     */
    <T> T call(Operation operation, Supplier<T> request);
}
