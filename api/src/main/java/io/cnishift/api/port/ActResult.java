package io.cnishift.api.port;

import io.cnishift.api.cluster.Tree;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** How an act ended. */
public sealed interface ActResult {

    /**
     * It was done.
     *
     * @param produced what it made: {@code resourceVersion}, {@code version}, {@code id}, {@code arn}, ...
     */
    record Performed(Map<String, Object> produced) implements ActResult {
        public Performed {
            produced = Tree.copy(produced);
        }
    }

    /** It was refused and nothing changed. */
    record Refused(Reason reason, String message) implements ActResult {
        public Refused {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(message);
        }
    }

    /** Why an act was refused; what to do about it differs. */
    enum Reason {
        /** A PodDisruptionBudget allows no disruption now. */
        BUDGET,
        /** More than one budget selects the pod: it can never be evicted. */
        DOUBLE_BUDGET,
        /** The object changed since it was read. */
        CONFLICT,
        GONE,
        EXISTS,
        /** Credentials or permissions; the message names the missing one. */
        FORBIDDEN,
        INVALID,
        /** An admission webhook or policy said no, or could not be reached. */
        ADMISSION,
        /** EC2 has no capacity for the type in the zone. */
        CAPACITY,
        /** The subnet has no address left. */
        ADDRESSES,
        /** Another operation on the same thing is under way. */
        BUSY,
        /** The API asks for fewer requests; nothing else is wrong. */
        THROTTLED,
        /** The API answers with server errors or not at all. */
        UNAVAILABLE
    }

    /** Every case, one function each. */
    default <T> T fold(Function<Performed, T> performed, Function<Refused, T> refused) {
        return this instanceof Performed p ? performed.apply(p) : refused.apply((Refused) this);
    }

    /** Whether it was done. */
    default boolean done() {
        return this instanceof Performed;
    }
}
