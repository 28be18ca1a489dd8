package io.cnishift.api.capacity;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;

/** Whether a cluster pool is large enough. */
public sealed interface ClusterPoolPlan {

    /** The result of the function for the case that it is. */
    <T> T fold(Function<Fits, T> fits, Function<TooSmall, T> tooSmall);

    /** The length of the prefix of a range like that pool that is large enough: its own, or that of the smallest one that would do. */
    default int prefix(Cidr pool) {
        return fold(
                fits -> pool.prefix(),
                tooSmall -> Math.min(pool.prefix(), tooSmall.smallestPool().orElse(pool.prefix())));
    }

    /**
     * It is large enough.
     *
     * @param mask node mask to configure
     * @param podsPerNode pods that get an address on a node
     * @param maxNodes nodes that the pool has slices for
     */
    record Fits(int mask, long podsPerNode, long maxNodes) implements ClusterPoolPlan {

        @Override
        public <T> T fold(Function<Fits, T> fits, Function<TooSmall, T> tooSmall) {
            return fits.apply(this);
        }
    }

    /**
     * It is not.
     *
     * @param mask node mask that the pods need
     * @param maxNodes nodes that the pool would have slices for
     * @param smallestPool prefix of the smallest pool that would do; empty when there is none in IPv4
     * @param reason one sentence with the numbers
     */
    record TooSmall(int mask, long maxNodes, OptionalInt smallestPool, String reason) implements ClusterPoolPlan {

        public TooSmall {
            Objects.requireNonNull(smallestPool, "smallestPool");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(Function<Fits, T> fits, Function<TooSmall, T> tooSmall) {
            return tooSmall.apply(this);
        }
    }
}
