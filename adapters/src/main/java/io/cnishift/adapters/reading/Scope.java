package io.cnishift.adapters.reading;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns what has to be closed, and closes it in reverse order. Safe for use by several threads. */
public final class Scope implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scope.class);

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    /** Takes something over. */
    public synchronized <C extends AutoCloseable> C own(C closeable) {
        owned.push(closeable);
        return closeable;
    }

    /** Closes all that is owned. A failure to close one thing does not keep the others open. */
    @Override
    public synchronized void close() {
        while (!owned.isEmpty()) {
            AutoCloseable last = owned.pop();
            try {
                last.close();
            } catch (Exception e) {
                LOG.debug("closing {} failed", last.getClass().getSimpleName(), e);
            }
        }
    }
}
