package io.cnishift.engine.lock;

import java.util.Optional;

/** Keeps a second run away from a cluster. */
public interface Lock {

    /** A lock on what nobody else can reach, such as the world of a rehearsal. */
    Lock NONE = new Lock() {
        @Override
        public Held acquire(LockHolder who) {
            return () -> {};
        }

        @Override
        public Optional<LockHolder> holder() {
            return Optional.empty();
        }
    };

    /**
     * Takes the lock.
     *
     * @throws io.cnishift.api.port.MigrationException LOCK-HELD, naming the holder, when somebody else has it
     */
    Held acquire(LockHolder who);

    /** Who has it now. */
    Optional<LockHolder> holder();

    /** A lock that was taken. */
    interface Held extends AutoCloseable {

        /** Gives it back. */
        @Override
        void close();
    }
}
