package io.cnishift.api.roll;

import io.cnishift.api.step.RollNodes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What users choose about replacing nodes. The options record of a strategy implements it by components of these names, each
 * with its {@code @Option}; {@link #check} refuses what one value alone gets wrong.
 */
public interface RollOptions {

    /** Where new nodes are made. */
    Nodes nodes();

    /** Extra nodes at once by name of the group, 0 or more; 0 drains a node before it is replaced. Groups may be left out. */
    Map<String, Integer> surge();

    /** Nodes of a group that are drained at once, 1 or more; by default as many as its surge. */
    OptionalInt maxUnavailable();

    /** Pods that each new node admits, 1 or more; by default what {@link NewNodes#maxPods} says. */
    OptionalInt maxPods();

    /** How a pod is moved that cannot be evicted without an outage of its Service. */
    RollNodes.Singletons singletons();

    /** What becomes of running pods that ask not to be disrupted, and of those of Jobs. */
    Undisturbed undisturbed();

    /** Whether pods may be evicted that keep data in an emptyDir volume. */
    boolean deleteEmptyDirData();

    /** Whether pods may be evicted that no controller makes again. */
    boolean evictBarePods();

    /** How long a drain may take before its node is deferred and named, 1 second or more. */
    Duration drainTimeout();

    /** What becomes of the emptied old groups at the end. */
    OldGroups oldGroups();

    /**
     * Refuses what one value alone can get wrong; for the compact constructor of an options record.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    static void check(
            Map<String, Integer> surge, OptionalInt maxUnavailable, OptionalInt maxPods, Duration drainTimeout) {
        surge.forEach((group, extra) -> require(extra >= 0, "surge." + group + " is 0 or more"));
        require(maxUnavailable.orElse(1) >= 1, "maxUnavailable is 1 or more");
        require(maxPods.orElse(1) >= 1, "maxPods is 1 or more");
        require(drainTimeout.toSeconds() >= 1, "drainTimeout is 1 second or more");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where new nodes are made. */
    enum Nodes {
        /** In groups of their own, which take over. */
        NEW_GROUP,
        /** In the groups of the old ones; not for groups that EKS manages. */
        SAME_GROUP;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** How pods end that should not be moved. */
    enum Undisturbed {
        /** Moved like others. */
        MOVE,
        /** Left on their nodes. */
        LEAVE;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** How old groups end. */
    enum OldGroups {
        /** Deleted, unless code of a user makes them. */
        DELETE,
        /** Kept without nodes. */
        KEEP;

        @Override
        public String toString() {
            return written(this);
        }
    }
}
