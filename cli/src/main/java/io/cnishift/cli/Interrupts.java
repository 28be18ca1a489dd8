package io.cnishift.cli;

import io.cnishift.cli.command.Signals;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes Ctrl-C a request to a run and not its death: the JVM is held while it shuts down until the command has ended.
 *
 * <ol>
 *   <li>A command that can stop registers how. Without one, Ctrl-C ends the process at once with 130.
 *   <li>On Ctrl-C the shutdown hook calls it and waits for the command's exit code, which the process then ends with.
 * </ol>
 */
final class Interrupts implements Signals {

    private static final long PATIENCE_SECONDS = 120;

    private volatile Optional<Runnable> action = Optional.empty();
    private final AtomicInteger code = new AtomicInteger(130);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Registration onInterrupt(Runnable request) {
        action = Optional.of(request);
        return () -> action = Optional.empty();
    }

    /** The command has ended with that code. */
    void ended(int exitCode) {
        code.set(exitCode);
        ended.countDown();
    }

    /** Called while the JVM shuts down: the code to end with, empty when the command had ended or cannot be asked. */
    Optional<Integer> shutDown() {
        Optional<Runnable> request = action;
        if (ended.getCount() == 0 || request.isEmpty()) {
            return Optional.empty();
        }
        request.get().run();
        try {
            return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? Optional.of(code.get()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
