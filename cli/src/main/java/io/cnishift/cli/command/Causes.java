package io.cnishift.cli.command;

import io.cnishift.adapters.resilience.Masked;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints what led to an error, for {@code --verbose}. */
public final class Causes {

    private static final int MOST = 20;

    private Causes() {}

    /** Prints the exception and its causes with their stacks. */
    public static void print(Throwable fault, PrintWriter err) {
        @Nullable Throwable cause = fault;
        for (int depth = 0; cause != null && depth < MOST; depth++) {
            err.println((depth == 0 ? "" : "caused by ") + Masked.text(cause.toString()));
            for (StackTraceElement frame : cause.getStackTrace()) {
                err.println("    at " + frame);
            }
            cause = Objects.equals(cause, cause.getCause()) ? null : cause.getCause();
        }
        err.flush();
    }
}
