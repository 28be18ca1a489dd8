package io.cnishift.adapters.reach;

import java.util.Objects;

/**
 * What came back from a call to a load balancer.
 *
 * @param inside whether its address is one that only networks joined to its VPC can reach
 * @param status of HTTP, where it was HTTP
 */
record Heard(Kind kind, boolean inside, int status, String said) {

    /** How far the call got. */
    enum Kind {
        /** An answer of HTTP. */
        HTTP,
        /** An answer of something else. */
        OTHER_WORDS,
        /** A connection on which nothing came. */
        SILENCE,
        /** A connection that was closed without a word. */
        HUNG_UP,
        /** A connection on which TLS failed. */
        NO_TLS,
        /** An address that refuses connections. */
        REFUSED,
        /** An address that does not answer. */
        NO_WAY,
        /** A name that does not resolve here. */
        NO_NAME
    }

    Heard {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(said);
    }

    /** Whether there was a connection. */
    boolean opened() {
        return kind.compareTo(Kind.REFUSED) < 0;
    }
}
