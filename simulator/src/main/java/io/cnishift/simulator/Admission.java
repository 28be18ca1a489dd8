package io.cnishift.simulator;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A link of the admission chain: it may change what is about to be written, or refuse it with {@link ApiRefusal}. */
public interface Admission {

    /** The object as it may be written; for a deletion the answer is not used. */
    Map<String, Object> admit(Request request);

    /** What a request does. */
    enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * A write that has not happened yet.
     *
     * @param subresource such as {@code status}, {@code eviction}; empty for the object itself
     * @param object what is to stand there; of a deletion, what stands there
     */
    record Request(
            Operation operation,
            String subresource,
            String manager,
            Optional<Map<String, Object>> before,
            Map<String, Object> object) {
        public Request {
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(subresource, "subresource");
            Objects.requireNonNull(manager, "manager");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(object, "object");
        }

        /** The kind of the object; empty where it says none. */
        public String kind() {
            return object.get("kind") instanceof String kind ? kind : "";
        }

        /** The same request with another object. */
        Request with(Map<String, Object> other) {
            return other == object ? this : new Request(operation, subresource, manager, before, other);
        }
    }
}
