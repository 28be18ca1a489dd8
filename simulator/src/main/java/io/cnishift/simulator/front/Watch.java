package io.cnishift.simulator.front;

import com.sun.net.httpserver.HttpExchange;
import io.cnishift.simulator.ChangeLog;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * One watch that a client has open. Events are handed to it in the turn in which they happen and written by whichever thread of
 * a pool is free, one after the other; a client that does not keep up is let go.
 */
final class Watch {
    private static final int MOST_UNREAD = 200_000;

    private final Target target;
    private final Selection selection;
    private final boolean bookmarks;
    private final UnaryOperator<Map<String, Object>> form;
    private final Wire wire;
    private final Deque<WatchEvent> unread = new ArrayDeque<>();
    private boolean writing;
    private boolean ending;
    private volatile boolean over;

    Watch(Target target, ApiCall call, UnaryOperator<Map<String, Object>> form, Wire wire) {
        this.target = target;
        this.selection = Selection.of(call, target.resource()).named(target.name());
        this.bookmarks = call.flag("allowWatchBookmarks");
        this.form = form;
        this.wire = wire;
    }

    /** What leads to the client: its connection, and who writes to it. */
    record Wire(HttpExchange exchange, Bodies bodies, Executor pool) {
        Wire {
            Objects.requireNonNull(exchange, "exchange");
            Objects.requireNonNull(bodies, "bodies");
            Objects.requireNonNull(pool, "pool");
        }
    }

    Target target() {
        return target;
    }

    Selection selection() {
        return selection;
    }

    boolean over() {
        return over;
    }

    /** Tells a change, if it is one of an object that is watched. */
    void tell(ChangeLog.Entry change) {
        boolean here = target.namespace().isEmpty()
                || target.namespace().equals(change.key().namespace());
        if (here && change.key().kind().equals(target.resource().kind())) {
            WatchEvent.of(change, selection).ifPresent(this::show);
        }
        if (tooSlow()) {
            end();
        }
    }

    /** Tells of an object, in the form that the client wants. */
    void show(WatchEvent event) {
        tell(new WatchEvent(event.type(), form.apply(event.object())));
    }

    synchronized void tell(WatchEvent event) {
        if (over || ending) {
            return;
        }
        unread.add(event);
        write();
    }

    /** Lets a client go that is too far behind. */
    private synchronized boolean tooSlow() {
        return unread.size() >= MOST_UNREAD;
    }

    void bookmark(long version) {
        if (bookmarks) {
            tell(WatchEvent.bookmark(target.resource(), version));
        }
    }

    /** Ends it after what is unread is written. */
    synchronized void end() {
        ending = true;
        write();
    }

    private void write() {
        if (!writing) {
            writing = true;
            wire.pool().execute(this::writeAll);
        }
    }

    private void writeAll() {
        try {
            OutputStream out = new BufferedOutputStream(wire.exchange().getResponseBody());
            for (List<WatchEvent> batch = next(); !batch.isEmpty(); batch = next()) {
                for (WatchEvent event : batch) {
                    out.write(line(event));
                }
                out.flush();
            }
        } catch (IOException e) {
            // the client has gone
            over = true;
            wire.exchange().close();
        }
        closeAtTheEnd();
    }

    /** Another thread may have begun to write meanwhile, and then comes here last. */
    private synchronized void closeAtTheEnd() {
        if (ending && !over && !writing) {
            over = true;
            wire.exchange().close();
        }
    }

    private synchronized List<WatchEvent> next() {
        List<WatchEvent> batch = new ArrayList<>(unread);
        unread.clear();
        writing = !batch.isEmpty();
        return batch;
    }

    private byte[] line(WatchEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        wire.bodies().write(event.tree(), line);
        return line.toByteArray();
    }
}
