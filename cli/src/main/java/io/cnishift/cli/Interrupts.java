package io.cnishift.cli;

import io.cnishift.cli.command.Signals;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes Ctrl-C a request to a run and not its death.
 *
 * <ol>
 *   <li>A command that can stop registers how. Without one, Ctrl-C ends the process at once with 130.
 *   <li>The first Ctrl-C or SIGTERM calls it; the command ends by itself, and its exit code is that of the process.
 *   <li>The second one ends the process at once, with the code that the command named.
 *   <li>A terminal that goes away shuts the JVM down, which is held up until the command has ended.
 * </ol>
 */
final class Interrupts implements Signals {

    private static final long PATIENCE_SECONDS = 120;
    private static final int INTERRUPTED = 130;

    private volatile @Nullable Asked asked;
    private volatile boolean stoppable;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicInteger code = new AtomicInteger(INTERRUPTED);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What is asked to stop, once. */
    private static final class Asked {
        private final Runnable request;
        private final IntSupplier atOnce;
        private final AtomicBoolean already = new AtomicBoolean();

        Asked(Runnable request, IntSupplier atOnce) {
            this.request = request;
            this.atOnce = atOnce;
        }

        /** Asks; whether that is the first time. Nobody waits here for an asking that is under way. */
        boolean ask() {
            boolean first = already.compareAndSet(false, true);
            if (first) {
                request.run();
            }
            return first;
        }
    }

    @Override
    public Registration onInterrupt(Runnable request) {
        return onInterrupt(request, () -> INTERRUPTED);
    }

    @Override
    public Registration onInterrupt(Runnable request, IntSupplier atOnce) {
        stoppable = true;
        asked = new Asked(request, atOnce);
        return () -> asked = null;
    }

    /** Whether it is to be told, once, that no command has begun anything: a terminal that takes no lines ends with the next signal. */
    boolean tells() {
        return !stoppable && told.compareAndSet(false, true);
    }

    /** The command has ended with that code. */
    void ended(int exitCode) {
        code.set(exitCode);
        ended.countDown();
    }

    /** The user, or the system, wants the process to stop. */
    void signalled(int exitCode, IntConsumer halt) {
        Asked now = asked;
        if (now == null) {
            halt.accept(exitCode);
        } else if (!now.ask()) {
            halt.accept(now.atOnce.getAsInt());
        }
    }

    /** Called while the JVM shuts down: the code to end with, empty when the command had ended or cannot be asked. */
    Optional<Integer> shutDown() {
        Asked now = asked;
        if (ended.getCount() == 0 || now == null) {
            return Optional.empty();
        }
        now.ask();
        try {
            return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? Optional.of(code.get()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
