package io.cnishift.engine.lock;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Two locks as one: who wants to run needs both, in this order. */
public final class Locks implements Lock {

    private final Lock first;
    private final Lock second;

    private Locks(Lock first, Lock second) {
        this.first = Objects.requireNonNull(first);
        this.second = Objects.requireNonNull(second);
    }

    /**
     * Both of them. The first is that of this machine, which a process that is merely stopped keeps; without it, another one
     * could take over the lock of the cluster and write the same journal.
     */
    public static Lock both(Lock first, Lock second) {
        return new Locks(first, second);
    }

    @Override
    public Held acquire(LockHolder who) {
        Held outer = first.acquire(who);
        try {
            return new Both(outer, second.acquire(who));
        } catch (RuntimeException e) {
            outer.close();
            throw e;
        }
    }

    @Override
    public Optional<LockHolder> holder() {
        return first.holder().or(second::holder);
    }

    private record Both(Held outer, Held inner) implements Held {
        @Override
        public Optional<String> keep() {
            return outer.keep().or(inner::keep);
        }

        @Override
        public Optional<String> confirm() {
            return outer.confirm().or(inner::confirm);
        }

        @Override
        public Instant due() {
            return outer.due().isBefore(inner.due()) ? outer.due() : inner.due();
        }

        @Override
        public void close() {
            try {
                inner.close();
            } finally {
                outer.close();
            }
        }
    }
}
