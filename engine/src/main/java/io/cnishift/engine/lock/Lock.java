package io.cnishift.engine.lock;

import java.time.Instant;
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

        /**
         * Keeps it: asked by the loop of a run when it is due and right before each act, and renews the lock when that is due.
         *
         * @return why nobody may act under it any more; empty while it is held. Once lost it stays lost
         */
        default Optional<String> keep() {
            return Optional.empty();
        }

        /**
         * Takes it anew after a look at the cluster that took long, unless somebody else had it meanwhile. Not for one who has
         * begun to act: what he knows of the cluster is too old.
         */
        default Optional<String> confirm() {
            return keep();
        }

        /** When it has to be kept next. */
        default Instant due() {
            return Instant.MAX;
        }

        /** Gives it back. */
        @Override
        void close();
    }
}
