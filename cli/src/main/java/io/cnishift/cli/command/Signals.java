package io.cnishift.cli.command;

/** Tells of Ctrl-C. */
@FunctionalInterface
public interface Signals {

    /** Never tells. */
    Signals NONE = action -> () -> {};

    /** Calls the action, on any thread, when the user interrupts the program, until the registration is closed. */
    Registration onInterrupt(Runnable action);

    /** That an action is to be called. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
