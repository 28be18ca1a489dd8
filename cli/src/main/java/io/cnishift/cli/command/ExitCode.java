package io.cnishift.cli.command;

/** What the process ends with. */
public final class ExitCode {

    public static final int OK = 0;
    /** An error of cnishift or of its surroundings. */
    public static final int FAILED = 1;
    /** Wrong usage, or the wrong target. */
    public static final int USAGE = 2;
    /** Findings stand against it. */
    public static final int BLOCKED = 3;
    /** A gate or a verification failed. */
    public static final int NOT_VERIFIED = 4;
    /** Stopped, parked, can be resumed. */
    public static final int PAUSED = 5;
    /** Interrupted before anything was begun. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
