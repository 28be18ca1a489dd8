package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Option;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.roll.RollOptions;
import io.cnishift.api.step.RollNodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Options of custom networking. */
record CustomNetworkingOptions(
        @Option(
                description =
                        "Block to associate with the VPC for pods; by default the first permitted /16 of 100.64.0.0/10.",
                example = "100.64.0.0/16")
        Optional<Cidr> podCidr,

        @Option(
                description =
                        "Whether prefixes of 16 addresses are delegated to the interfaces; where aws-node does so already, it stays"
                                + " so.",
                example = "true",
                defaultValue = "false")
        boolean prefixes,

        @Option(
                description =
                        "With prefixes, whether the whole free blocks of a fragmented pod subnet are reserved for them first.",
                example = "false",
                defaultValue = "true")
        boolean reserve,

        @Option(
                description =
                        "Seconds that the control plane is given to notice a new block before pods get addresses of it.",
                example = "1200",
                defaultValue = "3600")
        Duration recognition,

        @Option(
                description = "Security groups of the interfaces that carry pods; by default those of the node.",
                example = "sg-0123456789abcdef0")
        List<String> securityGroups,

        @Option(
                description = "Who translates the addresses of pods that leave the VPC (AWS_VPC_K8S_CNI_EXTERNALSNAT).",
                example = "external",
                defaultValue = "keep")
        VpcCniTuningOptions.Snat snat,

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
                        "Pods that each new node admits, by default as many as its interfaces but the first carry and AWS advises.",
                example = "58")
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

    CustomNetworkingOptions {
        Objects.requireNonNull(podCidr);
        PodNetwork.checkRecognition(recognition);
        securityGroups = List.copyOf(securityGroups);
        surge = Map.copyOf(surge);
        RollOptions.check(surge, maxUnavailable, maxPods, drainTimeout);
    }
}
