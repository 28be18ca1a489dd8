package io.cnishift.cli.command;

import java.util.function.IntSupplier;

/** Tells of Ctrl-C. */
@FunctionalInterface
public interface Signals {

    /** Never tells. */
    Signals NONE = action -> () -> {};

    /** Calls the action, on any thread, when the user interrupts the program, until the registration is closed. */
    Registration onInterrupt(Runnable action);

    /**
     * The same for an action that takes its time: the next interrupt ends the program at once.
     *
     * @param atOnce the exit code then
     */
    default Registration onInterrupt(Runnable action, IntSupplier atOnce) {
        return onInterrupt(action);
    }

    /** That an action is to be called. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
