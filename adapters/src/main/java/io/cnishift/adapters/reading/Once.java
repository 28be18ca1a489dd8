package io.cnishift.adapters.reading;

import io.cnishift.adapters.resilience.CallFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that several parts of one read share: made when first needed, its answer or failure kept. For one thread. */
public final class Once<T> implements Supplier<T> {

    private final Supplier<T> request;
    private @Nullable T answer;
    private @Nullable CallFailure failure;

    public Once(Supplier<T> request) {
        this.request = request;
    }

    @Override
    public T get() {
        if (failure != null) {
            throw failure;
        }
        T known = answer;
        if (known == null) {
            try {
                known = request.get();
                answer = known;
            } catch (CallFailure e) {
                failure = e;
                throw e;
            }
        }
        return known;
    }
}
