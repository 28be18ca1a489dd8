package io.cnishift.simulator;

import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Virtual time: a queue of events in order of time and, at one time, of scheduling. Nothing happens but by {@link #await},
 * {@link #runUntil} and {@link #pass}, which run what is due on the caller's thread.
 */
public final class SimClock implements TimeSource {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private Instant now;
    private long sequence;
    private long ran;
    private boolean changed;
    private boolean running;

    /** A clock that stands at that time. */
    public SimClock(Instant start) {
        now = Objects.requireNonNull(start, "start");
    }

    /** Its time is compared at every step of its way through the queue. */
    private record Event(Instant at, long second, int nano, long sequence, Runnable what) implements Comparable<Event> {
        private Event(Instant at, long sequence, Runnable what) {
            this(at, at.getEpochSecond(), at.getNano(), sequence, what);
        }

        @Override
        public int compareTo(Event other) {
            if (second != other.second) {
                return second < other.second ? -1 : 1;
            }
            return nano == other.nano ? Long.compare(sequence, other.sequence) : Integer.compare(nano, other.nano);
        }
    }

    @Override
    public Instant now() {
        return now;
    }

    /** Has this run at that time, or as soon as possible where that is over. */
    public void at(Instant when, Runnable what) {
        Objects.requireNonNull(what, "what");
        queue.add(new Event(when.isBefore(now) ? now : when, sequence++, what));
    }

    /** Has this run after so long. */
    public void after(Duration delay, Runnable what) {
        at(now.plus(delay), what);
    }

    /**
     * Runs the world until that time, or until the end of the instant in which a change reached a watch, whichever is
     * first. A change that reached a watch since the last call returned counts.
     */
    @Override
    public void await(Instant until) {
        runInstant();
        while (!changed) {
            Event next = queue.peek();
            if (next == null || next.at().isAfter(until)) {
                now = now.isBefore(until) ? until : now;
                break;
            }
            now = next.at();
            runInstant();
        }
        changed = false;
    }

    /** Runs the world until that time, whatever changes. */
    public void runUntil(Instant until) {
        enter();
        try {
            for (Event next = queue.peek(); next != null && !next.at().isAfter(until); next = queue.peek()) {
                now = next.at();
                queue.remove();
                ran++;
                next.what().run();
            }
        } finally {
            running = false;
        }
        now = now.isBefore(until) ? until : now;
    }

    /** When something happens next; empty when nothing ever does. */
    public Optional<Instant> next() {
        return Optional.ofNullable(queue.peek()).map(Event::at);
    }

    /** How many events have run; with the time it says exactly how far the world has come. */
    public long ran() {
        return ran;
    }

    /** Brings the world exactly as far as it was when {@link #ran} and {@link #now} said so. */
    public void replay(long events, Instant at) {
        enter();
        try {
            while (ran < events) {
                Event next = queue.remove();
                now = next.at().isAfter(now) ? next.at() : now;
                ran++;
                next.what().run();
            }
        } finally {
            running = false;
        }
        now = now.isBefore(at) ? at : now;
    }

    /**
     * Lets a call from outside take time, as one that waits for an answer does. Within an event nothing passes: one event
     * cannot wait for another.
     */
    public void pass(Duration duration) {
        if (!running) {
            runUntil(now.plus(duration));
        }
    }

    /** Says that a change reached a watch, so that {@link #await} returns at the end of this instant. */
    void changeSeen() {
        changed = true;
    }

    private void runInstant() {
        enter();
        try {
            for (Event next = queue.peek(); next != null && !next.at().isAfter(now); next = queue.peek()) {
                queue.remove();
                ran++;
                next.what().run();
            }
        } finally {
            running = false;
        }
    }

    private void enter() {
        if (running) {
            throw new IllegalStateException("an event waits for time to pass; schedule another event instead");
        }
        running = true;
    }
}
