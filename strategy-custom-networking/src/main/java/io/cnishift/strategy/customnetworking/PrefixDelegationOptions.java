package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Option;
import io.cnishift.api.roll.RollOptions;
import io.cnishift.api.step.RollNodes;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** Options of prefix delegation. */
record PrefixDelegationOptions(
        @Option(
                description =
                        "Blocks of 16 addresses that each node keeps spare for the next pods (WARM_PREFIX_TARGET).",
                example = "2",
                defaultValue = "1")
        int warmPrefixTarget,

        @Option(
                description =
                        "Whether the whole free blocks of a fragmented subnet are reserved for prefixes before nodes take any.",
                example = "false",
                defaultValue = "true")
        boolean reserve,

        @Option(
                description = "Whether new nodes come in groups of their own or in the groups of the old ones.",
                example = "same-group",
                defaultValue = "new-group")
        RollOptions.Nodes nodes,

        @Option(
                description =
                        "Extra nodes at once while the named group is replaced. With 0 a node is drained before it is replaced,"
                                + " and pods of the first one may move twice.",
                example = "2")
        Map<String, Integer> surge,

        @Option(
                description = "Nodes of a group that are drained at once, by default as many as its surge.",
                example = "2")
        OptionalInt maxUnavailable,

        @Option(
                description =
                        "Pods that each new node admits, by default as many as its interfaces carry with blocks and AWS advises.",
                example = "110")
        OptionalInt maxPods,

        @Option(
                description = "How a pod is moved that cannot be evicted without an outage of its Service.",
                example = "defer",
                defaultValue = "rollout")
        RollNodes.Singletons singletons,

        @Option(
                description =
                        "What becomes of running pods that ask not to be disrupted, and of those of Jobs: moved like others, or"
                                + " left on their nodes.",
                example = "leave",
                defaultValue = "move")
        RollOptions.Undisturbed undisturbed,

        @Option(
                description = "Whether pods may be evicted that keep data in an emptyDir volume.",
                example = "true",
                defaultValue = "false")
        boolean deleteEmptyDirData,

        @Option(
                description = "Whether pods may be evicted that no controller makes again.",
                example = "true",
                defaultValue = "false")
        boolean evictBarePods,

        @Option(
                description = "Seconds after which a node that is not drained is deferred and named.",
                example = "1800",
                defaultValue = "900")
        Duration drainTimeout,

        @Option(
                description = "What becomes of the emptied old groups at the end.",
                example = "keep",
                defaultValue = "delete")
        RollOptions.OldGroups oldGroups)
        implements RollOptions {

    PrefixDelegationOptions {
        surge = Map.copyOf(surge);
        RollOptions.check(surge, maxUnavailable, maxPods, drainTimeout);
        if (warmPrefixTarget < 1) {
            throw new IllegalArgumentException("warmPrefixTarget is at least 1: the VPC CNI does not support 0");
        }
    }
}
