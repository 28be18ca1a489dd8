package io.cnishift.cilium;

/**
 * Chart values of Cilium chained behind the VPC CNI, phase by phase: aws-node gives addresses and interfaces, Cilium adds
 * policies and visibility. Each phase is a complete document, as in {@link OverlayValues}.
 *
 * <p>Invariants: the VPC CNI's own configuration file stays, and no source address is rewritten by Cilium. Policies count only
 * once every pod is an endpoint, for a pod that is none would be dropped as unknown by those that are.
 */
public final class ChainingValues {

    private ChainingValues() {}

    /**
     * Values while pods are restarted to come under Cilium.
     *
     * @param firstInstalled the release that was installed first on this cluster
     */
    public static PhaseValues joining(CiliumVersion firstInstalled) {
        return HubbleKeys.agentsOnly(PhaseValues.empty()
                .own("cni.chainingMode", "aws-cni", "aws-node goes on giving pods their addresses")
                .own("cni.exclusive", false, "the file of aws-node, behind which Cilium stands, must stay")
                .own("enableIPv4Masquerade", false, "the VPC CNI rewrites source addresses already")
                .own("routingMode", "native", "the VPC routes pod addresses")
                .own("endpointRoutes.enabled", true, "traffic to a pod must pass its endpoint")
                .own("kubeProxyReplacement", "false", "kube-proxy stays")
                .own(
                        "operator.unmanagedPodWatcher.restart",
                        false,
                        "the operator would delete every CoreDNS pod that is no endpoint yet, over and over")
                .own("policyEnforcementMode", "never", "pods that are no endpoints yet would be dropped as unknown")
                .own(
                        "upgradeCompatibility",
                        firstInstalled.line(),
                        "defaults of a later chart must not change a running cluster")
                .and(NodeAffinity.agentWhereAwsNodeIs()));
    }

    /** Values once every pod is an endpoint, with as much of Hubble as is asked for. */
    public static PhaseValues enforcing(CiliumVersion firstInstalled, HubbleLevel hubble) {
        PhaseValues values = joining(firstInstalled)
                .own("operator.unmanagedPodWatcher.restart", true, "a pod that is no endpoint is now a mistake")
                .own("policyEnforcementMode", "default", "policies count from here on");
        return HubbleKeys.last(values, hubble);
    }

    /** Values with which agents take their CNI configuration away when they end. */
    public static PhaseValues leaving(CiliumVersion firstInstalled) {
        return joining(firstInstalled)
                .own("cni.uninstall", true, "a configuration without its agent would fail every new pod of the node");
    }
}
