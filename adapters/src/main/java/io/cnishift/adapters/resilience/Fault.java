package io.cnishift.adapters.resilience;

import java.util.Locale;
import java.util.Objects;

/**
 * Why a request failed, in words for a person.
 *
 * @param reason what happened, one line without credentials, tokens or request contents
 * @param remedy what to do about it
 */
public record Fault(Kind kind, String reason, String remedy) {

    /** What kind of failure; it decides whether the request is repeated. */
    public enum Kind {
        /** The API asks for fewer requests. */
        THROTTLED,
        /** A server error, a broken connection, no answer. */
        UNAVAILABLE,
        /** The caller is known and may not do it. */
        DENIED,
        /** No credentials, or they are not valid (any more). */
        CREDENTIALS,
        /** The API says that the thing does not exist. */
        NOT_FOUND,
        /** The endpoint does not offer the operation; says nothing about the thing asked for. */
        NO_SUCH_API,
        /** The position in a paged list is too old. */
        EXPIRED,
        /** The request is wrong, or refused for another reason. */
        REJECTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Fault {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(remedy);
    }

    /** Whether the same request may succeed when it is repeated. */
    public boolean passing() {
        return kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE;
    }
}
