package io.cnishift.cilium;

import io.cnishift.api.capacity.Cidr;
import java.util.Optional;

/**
 * Chart values of the overlay migration, phase by phase: VXLAN tunnels between nodes, pod addresses from a cluster pool.
 *
 * <p>Each phase is a complete document, so that every upgrade resets values and none depends on what an earlier one left:
 * <ol>
 *   <li>{@link #secondary}: Cilium beside the VPC CNI. Routed: agents everywhere, none writes a CNI configuration.
 *       Isolated: agents on new nodes only.
 *   <li>{@link #ciliumNodeConfig}: the takeover of new nodes in a routed cluster.
 *   <li>{@link #steady}: after the last node of the VPC CNI is gone. Upgrade, delete the CiliumNodeConfig, restart agents.
 *   <li>{@link #kubeProxyReplacement}, then {@link #kubeProxyRemoved} when kube-proxy is gone, then {@link #hubble}: optional,
 *       in this order.
 * </ol>
 * Invariants: no phase lets two CNIs own the new pods of one node; nothing on a node of the VPC CNI is deleted or restarted
 * by Cilium while such a node exists; policies start to count in one step, at the end. Agents and operator read their
 * settings when they start, so both are to be restarted after each upgrade that changes them.
 */
public final class OverlayValues {

    private static final String AGENT_NOT_ON_OLD_NODES =
            "agents stay off the nodes of the VPC CNI, and two agents never share a node";

    private OverlayValues() {}

    /** Values while nodes of both kinds exist. */
    public static PhaseValues secondary(OverlayInput input) {
        PhaseValues both = common(input)
                .own(
                        "operator.unmanagedPodWatcher.restart",
                        false,
                        "the operator would delete every CoreDNS pod that the VPC CNI wired, over and over")
                .own(
                        "policyEnforcementMode",
                        "never",
                        "traffic between the two kinds of pods would be dropped as unknown")
                .own(
                        "bpf.masquerade",
                        false,
                        "masquerading in BPF is switched on with kube-proxy replacement, not before");
        return input.coexistence() == Coexistence.ROUTED ? routed(both, input) : isolated(both, input);
    }

    /** The takeover of new nodes, for a cluster whose values say nothing about other CNI plug-ins. */
    public static Optional<NodeConfig> ciliumNodeConfig(OverlayInput input) {
        return ciliumNodeConfig(input, Values.empty());
    }

    /**
     * The takeover of new nodes; empty in an isolated cluster, where every agent owns its node from the start.
     *
     * @param user the user's values: {@code cni.exclusive=false} (Istio, Multus) holds on new nodes too
     */
    public static Optional<NodeConfig> ciliumNodeConfig(OverlayInput input, Values user) {
        if (input.coexistence() == Coexistence.ISOLATED) {
            return Optional.empty();
        }
        NodeConfig config = NodeConfig.forNodes(
                        Migration.NODE_CONFIG_NAME, Migration.CILIUM_NODE_LABEL, Migration.CILIUM_NODE_LABEL_VALUE)
                .own("custom-cni-conf", "false", "the agent of a new node makes the CNI configuration itself")
                .own(
                        "write-cni-conf-when-ready",
                        Migration.CNI_DIRECTORY_IN_AGENT + "/" + Migration.CILIUM_CONFLIST,
                        "the file appears when the agent is ready, so no pod of a new node starts without it")
                .own("cni-chaining-mode", "none", "Cilium is the only CNI of a new node")
                .own(
                        "cni-exclusive",
                        user.text("cni.exclusive").orElse("true"),
                        "other CNI files on a new node are set aside unless the values share the directory");
        return Optional.of(
                input.kubeProxyReplacement() == KubeProxyReplacement.NEW_NODES
                        ? config.own("kube-proxy-replacement", "true", "kube-proxy never runs on a new node")
                                .own(
                                        "kube-proxy-replacement-healthz-bind-address",
                                        ReplacedProxy.HEALTHZ,
                                        ReplacedProxy.HEALTHZ_BECAUSE)
                        : config);
    }

    /** Values once every node belongs to Cilium. */
    public static PhaseValues steady(OverlayInput input) {
        PhaseValues steady = common(input)
                .own("cni.customConf", false, "agents write the CNI configuration of every node again")
                .own("cni.iptablesRemoveAWSRules", true, "no pod depends on the rules of the VPC CNI any more")
                .own("operator.unmanagedPodWatcher.restart", true, "a pod that Cilium did not wire is now a mistake")
                .own("policyEnforcementMode", "default", "policies count from here on")
                .own("bpf.masquerade", false, "masquerading in BPF comes with kube-proxy replacement")
                .own(
                        "bpf.hostLegacyRouting",
                        true,
                        "the path between pods and their node stays what it was in the migration");
        return input.kubeProxyReplacement() == KubeProxyReplacement.NEW_NODES
                ? ReplacedProxy.alone(steady, host(input))
                : steady;
    }

    /**
     * Values that make Cilium serve Services everywhere, to be in force before kube-proxy is removed from any node that has
     * it. The health port of kube-proxy is left to it until {@link #kubeProxyRemoved}.
     *
     * @throws IllegalArgumentException when the input keeps kube-proxy
     */
    public static PhaseValues kubeProxyReplacement(OverlayInput input) {
        if (input.kubeProxyReplacement() == KubeProxyReplacement.OFF) {
            throw new IllegalArgumentException("this migration keeps kube-proxy, so it has no such phase");
        }
        return ReplacedProxy.besideKubeProxy(steady(input), host(input))
                .own("bpf.masquerade", true, "without kube-proxy the agent rewrites source addresses itself");
    }

    /**
     * Values once no node runs kube-proxy: agents answer on its health port too.
     *
     * @throws IllegalArgumentException when the input keeps kube-proxy
     */
    public static PhaseValues kubeProxyRemoved(OverlayInput input) {
        return ReplacedProxy.alone(kubeProxyReplacement(input), host(input));
    }

    /** The last values: steady or without kube-proxy, with as much of Hubble as the input asks for. */
    public static PhaseValues hubble(OverlayInput input) {
        PhaseValues before =
                input.kubeProxyReplacement() == KubeProxyReplacement.OFF ? steady(input) : kubeProxyRemoved(input);
        return HubbleKeys.last(before, input.hubble());
    }

    private static PhaseValues common(OverlayInput input) {
        return HubbleKeys.agentsOnly(PhaseValues.empty()
                .own("ipam.mode", "cluster-pool", "pod addresses come from a pool outside the VPC")
                .own(
                        "ipam.operator.clusterPoolIPv4PodCIDRList",
                        input.podCidrs().stream().map(Cidr::toString).toList(),
                        "the chart's own pool is 10.0.0.0/8, which covers most VPCs")
                .own(
                        "ipam.operator.clusterPoolIPv4MaskSize",
                        input.nodeMask(),
                        "the slice of a node was computed from its pods and cannot be changed later")
                .own("routingMode", "tunnel", "the VPC has no routes to pod addresses")
                .own("tunnelProtocol", "vxlan", "the security group rules of the plan open VXLAN")
                .own("enableIPv4Masquerade", true, "pod addresses mean nothing outside the cluster")
                .own("kubeProxyReplacement", "false", "kube-proxy goes in its own phase, or stays")
                .own(
                        "upgradeCompatibility",
                        input.firstInstalled().line(),
                        "defaults of a later chart must not change a running cluster"));
    }

    private static PhaseValues routed(PhaseValues both, OverlayInput input) {
        PhaseValues routed = both.own(
                        "cni.customConf", true, "an agent that wrote its file would take new pods from the VPC CNI")
                .own("cni.iptablesRemoveAWSRules", false, "without these rules pods of the VPC CNI lose the internet")
                .own(
                        "bpf.hostLegacyRouting",
                        true,
                        "only the node's own network stack routes between the two kinds of pods");
        return input.kubeProxyReplacement() == KubeProxyReplacement.NEW_NODES
                ? ReplacedProxy.apiServer(routed, host(input))
                : routed;
    }

    private static PhaseValues isolated(PhaseValues both, OverlayInput input) {
        PhaseValues isolated = both.own("cni.customConf", false, "the agent of a new node writes the CNI configuration")
                .and(NodeAffinity.agentOffOldNodes(AGENT_NOT_ON_OLD_NODES));
        return input.kubeProxyReplacement() == KubeProxyReplacement.NEW_NODES
                ? ReplacedProxy.alone(isolated, host(input))
                : isolated;
    }

    private static String host(OverlayInput input) {
        return input.apiServerHost().orElseThrow();
    }
}
