package io.cnishift.strategy.overlay;

import io.cnishift.api.Option;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.roll.RollOptions;
import io.cnishift.api.step.RollNodes;
import io.cnishift.cilium.CiliumVersion;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of the overlay strategy. What one value alone can get wrong is refused here; {@link OptionCheck} does the rest. */
record OverlayOptions(
        @Option(
                description =
                        "Range from which pods get their addresses, outside of everything that the VPC can reach.",
                example = "100.64.0.0/16",
                defaultValue = "10.244.0.0/16")
        Cidr podCidr,

        @Option(
                description = "Cilium release to install, as a line or with its patch number.",
                example = "1.19.6",
                defaultValue = "1.20")
        CiliumVersion ciliumVersion,

        @Option(
                description = "Whether pods of both sides reach each other directly while the cluster has both.",
                example = "isolated",
                defaultValue = "routed")
        Hybrid hybrid,

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
                description = "Pods that each new node admits, by default as many as its memory bears.",
                example = "110")
        OptionalInt maxPods,

        @Option(
                description = "Whether and when Cilium takes over from kube-proxy.",
                example = "after",
                defaultValue = "off")
        KubeProxy kubeProxyReplacement,

        @Option(description = "How much of Hubble is installed at the end.", example = "relay", defaultValue = "off")
        Hubble hubble,

        @Option(
                description =
                        "What becomes of pods that the control plane calls, whose overlay addresses it cannot reach.",
                example = "owner",
                defaultValue = "host-network")
        ControlPlanePods controlPlanePods,

        @Option(
                description =
                        "What becomes of pods with security groups of their own, which an overlay cannot give them.",
                example = "drop",
                defaultValue = "refuse")
        PodSecurityGroups securityGroupsForPods,

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

        @Option(description = "Response hop limit of the instance metadata service on new nodes.", example = "3")
        OptionalInt imdsHopLimit,

        @Option(
                description = "Where the Cilium chart is, by default in the project's published repository.",
                example = "oci://registry.example.com/charts/cilium")
        Optional<String> chart,

        @Option(
                description =
                        "Registry and path of a copy of Cilium's images, by default quay.io/cilium; where nodes have no"
                                + " way there, path cilium in the account's own registry that workloads come from.",
                example = "registry.example.com/cilium")
        Optional<String> imageRegistry,

        @Option(
                description = "What becomes of the emptied old groups at the end.",
                example = "keep",
                defaultValue = "delete")
        RollOptions.OldGroups oldGroups)
        implements Choices {

    OverlayOptions {
        Objects.requireNonNull(podCidr);
        Objects.requireNonNull(ciliumVersion);
        surge = Map.copyOf(surge);
        RollOptions.check(surge, maxUnavailable, maxPods, drainTimeout);
        ChoiceRules.hops(imdsHopLimit);
        ChoiceRules.registry(imageRegistry);
        ChoiceRules.require(podCidr.ipv4(), "podCidr is a range of IPv4 addresses");
    }

    @Override
    public String strategy() {
        return OverlayStrategy.ID;
    }

    @Override
    public Optional<OverlayOptions> overlay() {
        return Optional.of(this);
    }

    @Override
    public Optional<EniOptions> interfaces() {
        return Optional.empty();
    }

    @Override
    public Record options() {
        return this;
    }

    /** How the two sides live beside each other. */
    enum Hybrid {
        ROUTED,
        ISOLATED;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** When kube-proxy goes. */
    enum KubeProxy {
        OFF,
        NEW_NODES,
        AFTER;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** How much of Hubble there is. */
    enum Hubble {
        OFF,
        RELAY,
        UI;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** How pods stay reachable for the control plane. */
    enum ControlPlanePods {
        HOST_NETWORK,
        LEAVE_ON_VPC_CNI,
        OWNER;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** How security groups for pods end. */
    enum PodSecurityGroups {
        REFUSE,
        LEAVE,
        DROP;

        @Override
        public String toString() {
            return written(this);
        }
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
