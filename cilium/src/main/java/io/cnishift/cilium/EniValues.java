package io.cnishift.cilium;

/**
 * Chart values of Cilium in ENI mode, phase by phase: pods have VPC addresses, from network interfaces that the operator
 * manages instead of the VPC CNI. Each phase is a complete document, as in {@link OverlayValues}.
 *
 * <p>Agents never run on a node of the VPC CNI: both would manage the interfaces of the instance. Pods of the two kinds
 * reach each other all the same, since the VPC routes both.
 */
public final class EniValues {

    private EniValues() {}

    /** Values while nodes of both kinds exist. */
    public static PhaseValues secondary(EniInput input) {
        PhaseValues values = common(input)
                .and(NodeAffinity.agentOffOldNodes("two CNIs must not manage the interfaces of one instance"))
                .own(
                        "operator.unmanagedPodWatcher.restart",
                        false,
                        "the operator would delete every CoreDNS pod that the VPC CNI wired, over and over")
                .own("policyEnforcementMode", "never", "policies would drop traffic of pods that have no identity yet");
        return input.kubeProxyReplacement() == KubeProxyReplacement.NEW_NODES
                ? ReplacedProxy.alone(values, host(input))
                : values;
    }

    /** Values once every node belongs to Cilium. */
    public static PhaseValues steady(EniInput input) {
        PhaseValues values = common(input)
                .own("operator.unmanagedPodWatcher.restart", true, "a pod that Cilium did not wire is now a mistake")
                .own("policyEnforcementMode", "default", "policies count from here on");
        return input.kubeProxyReplacement() == KubeProxyReplacement.NEW_NODES
                ? ReplacedProxy.alone(values, host(input))
                : values;
    }

    /**
     * Values that make Cilium serve Services everywhere, to be in force before kube-proxy is removed from any node that has
     * it. The health port of kube-proxy is left to it until {@link #kubeProxyRemoved}.
     *
     * @throws IllegalArgumentException when the input keeps kube-proxy
     */
    public static PhaseValues kubeProxyReplacement(EniInput input) {
        if (input.kubeProxyReplacement() == KubeProxyReplacement.OFF) {
            throw new IllegalArgumentException("this migration keeps kube-proxy, so it has no such phase");
        }
        return ReplacedProxy.besideKubeProxy(steady(input), host(input));
    }

    /**
     * Values once no node runs kube-proxy: agents answer on its health port too.
     *
     * @throws IllegalArgumentException when the input keeps kube-proxy
     */
    public static PhaseValues kubeProxyRemoved(EniInput input) {
        return ReplacedProxy.alone(kubeProxyReplacement(input), host(input));
    }

    /** The last values, with as much of Hubble as the input asks for. */
    public static PhaseValues hubble(EniInput input) {
        PhaseValues before =
                input.kubeProxyReplacement() == KubeProxyReplacement.OFF ? steady(input) : kubeProxyRemoved(input);
        return HubbleKeys.last(before, input.hubble());
    }

    private static PhaseValues common(EniInput input) {
        boolean masquerade = input.masquerade() == EniInput.Masquerade.NODE_ADDRESS;
        PhaseValues values = HubbleKeys.agentsOnly(PhaseValues.empty()
                .own("eni.enabled", true, "the operator must be the one that can call EC2")
                .own("ipam.mode", "eni", "pod addresses come from network interfaces")
                .own("routingMode", "native", "the VPC routes pod addresses")
                .own("cni.customConf", false, "the agent of a new node writes the CNI configuration")
                .own("eni.awsEnablePrefixDelegation", input.prefixes(), "the pods of a node were computed from it")
                .own(
                        "enableIPv4Masquerade",
                        masquerade,
                        "the subnets of the nodes decide who rewrites source addresses")
                .own("kubeProxyReplacement", "false", "kube-proxy goes in its own phase, or stays")
                .own(
                        "upgradeCompatibility",
                        input.firstInstalled().line(),
                        "defaults of a later chart must not change a running cluster"));
        if (masquerade) {
            values = values.own(
                    "egressMasqueradeInterfaces", "ens+", "interfaces of the instance are called ens5, ens6...");
        }
        if (!input.subnetTags().isEmpty()) {
            values = values.own(
                    "eni.subnetTagsFilter", input.subnetTags(), "the plan counted the addresses of these subnets");
        }
        return input.iamRole().isPresent()
                ? values.own(
                        "eni.iamRole", input.iamRole().get(), "the plan gave this role the EC2 rights of the operator")
                : values;
    }

    private static String host(EniInput input) {
        return input.apiServerHost().orElseThrow();
    }
}
