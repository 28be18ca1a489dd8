package io.cnishift.simulator;

import io.cnishift.api.port.ActResult;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** The simulated API server refuses a request and changes nothing. */
public final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ActResult.Reason reason;
    private final transient Detail detail;

    public ApiRefusal(ActResult.Reason reason, String message) {
        this(reason, message, Detail.NONE);
    }

    public ApiRefusal(ActResult.Reason reason, String message, Detail detail) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = Objects.requireNonNull(reason, "reason");
        this.detail = Objects.requireNonNull(detail, "detail");
    }

    /**
     * What the Status object of a real server says beyond the reason.
     *
     * @param code of HTTP, where it is not the usual one of the reason
     * @param retryAfterSeconds when the server asks to try again
     */
    public record Detail(OptionalInt code, OptionalInt retryAfterSeconds, List<Cause> causes) {
        static final Detail NONE = new Detail(OptionalInt.empty(), OptionalInt.empty(), List.of());

        public Detail {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(retryAfterSeconds, "retryAfterSeconds");
            causes = List.copyOf(causes);
        }

        /** Another code than the usual one of the reason. */
        public static Detail code(int code) {
            return new Detail(OptionalInt.of(code), OptionalInt.empty(), List.of());
        }

        public static Detail causes(List<Cause> causes) {
            return new Detail(OptionalInt.empty(), OptionalInt.empty(), causes);
        }

        /** What the API server says of a namespace that is going; also where another reason than a ban is made of it. */
        public static Detail terminating(String namespace) {
            Cause cause = new Cause(
                    "NamespaceTerminating", "namespace " + namespace + " is being terminated", "metadata.namespace");
            return new Detail(OptionalInt.of(403), OptionalInt.empty(), List.of(cause));
        }

        public static Detail retry(int seconds, Cause cause) {
            return new Detail(OptionalInt.empty(), OptionalInt.of(seconds), List.of(cause));
        }
    }

    /** One of several causes; the field is empty where it is none of the object's. */
    public record Cause(String type, String message, String field) {
        public Cause {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(field, "field");
        }
    }

    public ActResult.Reason reason() {
        return reason;
    }

    public Detail detail() {
        return detail;
    }

    /** The same as the outcome of an act. */
    public ActResult.Refused asResult() {
        return new ActResult.Refused(reason, String.valueOf(getMessage()));
    }
}
