package io.cnishift.adapters.resilience;

import java.util.Objects;
import java.util.function.Supplier;

/** Calls between which something else is done: a list of many pages must not keep a run from what is due meanwhile. */
public final class Between implements Calls {

    private final Calls calls;
    private final Runnable work;

    public Between(Calls calls, Runnable work) {
        this.calls = Objects.requireNonNull(calls);
        this.work = Objects.requireNonNull(work);
    }

    @Override
    public <T> T call(Operation operation, Supplier<T> call) {
        T answer = calls.call(operation, call);
        work.run();
        return answer;
    }
}
