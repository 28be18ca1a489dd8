package io.cnishift.simulator.front;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** An answer with one document. */
record Reply(int code, Map<String, Object> body, OptionalInt retryAfterSeconds) {
    private static final int OK = 200;
    private static final int CREATED = 201;

    Reply {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(retryAfterSeconds, "retryAfterSeconds");
    }

    static Reply ok(Map<String, Object> body) {
        return new Reply(OK, body, OptionalInt.empty());
    }

    static Reply created(Map<String, Object> body) {
        return new Reply(CREATED, body, OptionalInt.empty());
    }
}
