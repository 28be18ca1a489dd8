package io.cnishift.simulator.front;

import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets one thread at a time at the simulated cluster, in the order in which they came: a request, or the clock for a few seconds
 * of its time. What changed in a turn is told to the watches before the next one.
 */
final class Turns {
    /** So long the clock runs before it lets a request in between. */
    private static final Duration SLICE = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Kernel kernel;
    private final Runnable after;

    /** @param after what is done at the end of each turn */
    Turns(Kernel kernel, Runnable after) {
        this.kernel = kernel;
        this.after = after;
    }

    <T> T take(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            try {
                after.run();
            } finally {
                lock.unlock();
            }
        }
    }

    void run(Runnable work) {
        take(() -> {
            work.run();
            return true;
        });
    }

    Instant now() {
        return take(() -> kernel.clock().now());
    }

    /** Lets time pass until then, at once, slice by slice. */
    void runUntil(Instant until) {
        while (!take(() -> slice(until, kernel.clock()::runUntil))) {
            // others had a turn in between
        }
    }

    /** Lets time pass until then, slice by slice, or until something of what is watched has changed. */
    void await(Instant until, BooleanSupplier changed) {
        while (!take(() -> slice(until, kernel.clock()::await) || changed.getAsBoolean())) {
            // others had a turn in between
        }
    }

    private boolean slice(Instant until, Consumer<Instant> pass) {
        Instant next = kernel.clock().now().plus(SLICE);
        boolean last = !next.isBefore(until);
        pass.accept(last ? until : next);
        return last;
    }
}
