package io.cnishift.adapters.reach;

/** The question could not be put, for a reason that says nothing about the network. */
final class Unasked extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unasked(String reason) {
        super(reason);
    }
}
