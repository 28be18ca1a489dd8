package io.cnishift.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system that end a process. The JDK gives them out by a class without a specification only, and a
 * shutdown hook hears the first one alone; so the class is looked up by name, and where it is missing the hook has to do.
 */
enum OsSignal {
    /** Ctrl-C. */
    INT(130),
    TERM(143);

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final int exitCode;

    OsSignal(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What a process returns that such a signal ended. */
    int exitCode() {
        return exitCode;
    }

    /** Calls the action at each such signal from now on, on another thread; not where the process is to ignore it. */
    void handle(Runnable action) {
        try {
            Class<?> type = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            Object signal = type.getConstructor(String.class).newInstance(name());
            Object calling = Proxy.newProxyInstance(
                    OsSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Object before = type.getMethod("handle", type, handler).invoke(null, signal, calling);
            if (handler.getField("SIG_IGN").get(null).equals(before)) {
                type.getMethod("handle", type, handler).invoke(null, signal, before);
            }
        } catch (ReflectiveOperationException e) {
            // the shutdown hook hears it
            return;
        }
    }
}
