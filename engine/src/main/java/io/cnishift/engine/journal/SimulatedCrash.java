package io.cnishift.engine.journal;

/** The process dies here, in a test or in a rehearsal that asks for it. No handler of exceptions in the engine stops it. */
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(String message) {
        super(message);
    }
}
