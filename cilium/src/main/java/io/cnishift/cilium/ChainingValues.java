package io.cnishift.cilium;

/**
 * Chart values of Cilium behind the VPC CNI, phase by phase: the VPC CNI keeps giving addresses, Cilium adds policy and
 * visibility to pods that are made after it. Each phase is a complete document, as in {@link OverlayValues}.
 */
public final class ChainingValues {

    private ChainingValues() {}

    /** Cilium is there, and pods that existed before are not yet its own. */
    public static PhaseValues install(ChainingInput input) {
        return common(input)
                .own(
                        "operator.unmanagedPodWatcher.restart",
                        false,
                        "the operator would restart CoreDNS on its own, not when its turn comes")
                .own("policyEnforcementMode", "never", "policies would drop traffic of pods that have no identity yet");
    }

    /** Every pod has been made again, and policies count. */
    public static PhaseValues enforce(ChainingInput input) {
        return common(input)
                .own("operator.unmanagedPodWatcher.restart", true, "a pod that Cilium does not know is now a mistake")
                .own("policyEnforcementMode", "default", "policies count from here on");
    }

    /** The last values, with as much of Hubble as the input asks for. */
    public static PhaseValues hubble(ChainingInput input) {
        return HubbleKeys.last(enforce(input), input.hubble());
    }

    /** The way back: agents restarted with these values take their CNI file along when the release is removed. */
    public static PhaseValues remove(ChainingInput input) {
        return install(input)
                .own("cni.uninstall", true, "a file left behind would send new pods to an agent that is gone");
    }

    private static PhaseValues common(ChainingInput input) {
        return HubbleKeys.agentsOnly(PhaseValues.empty()
                .own("cni.chainingMode", "aws-cni", "the VPC CNI wires pods first")
                .own("cni.exclusive", false, "the VPC CNI's own file must stay")
                .own("cni.customConf", false, "the agent writes the chained file")
                .own("enableIPv4Masquerade", false, "the VPC CNI rewrites source addresses")
                .own("bpf.masquerade", false, "the VPC CNI rewrites source addresses")
                .own("routingMode", "native", "the VPC routes pod addresses")
                .own("endpointRoutes.enabled", true, "traffic to a pod must pass Cilium, by a route of its own")
                .own("kubeProxyReplacement", "false", "kube-proxy stays")
                .own(
                        "upgradeCompatibility",
                        input.firstInstalled().line(),
                        "defaults of a later chart must not change a running cluster"));
    }
}
