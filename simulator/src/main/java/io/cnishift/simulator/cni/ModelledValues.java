package io.cnishift.simulator.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of the cilium chart this world acts upon, and which change nothing that it shows. Every other one is named, so
 * that nobody takes a rehearsal for more than it is.
 */
final class ModelledValues {

    private static final Set<String> ACTED_UPON = Set.of(
            "ipam",
            "routingMode",
            "tunnelProtocol",
            "tunnelPort",
            "MTU",
            "ipv4NativeRoutingCIDR",
            "enableIPv4Masquerade",
            "bpf.masquerade",
            "bpf.hostLegacyRouting",
            "egressMasqueradeInterfaces",
            "endpointRoutes",
            "policyEnforcementMode",
            "kubeProxyReplacement",
            "kubeProxyReplacementHealthzBindAddr",
            "socketLB.hostNamespaceOnly",
            "k8sServiceHost",
            "k8sServicePort",
            "cni",
            "operator",
            "agentNotReadyTaintKey",
            "affinity",
            "tolerations",
            "nodeSelector",
            "envoy",
            "hubble",
            "cluster",
            "clustermesh.useAPIServer",
            "clustermesh.config",
            "clustermesh.maxConnectedClusters",
            "clustermesh.apiserver.replicas",
            "clustermesh.apiserver.image.repository",
            "clustermesh.apiserver.service",
            "clustermesh.apiserver.tls.server.extraDnsNames",
            "clustermesh.apiserver.tls.auto.server.extraDnsNames",
            "rollOutCiliumPods",
            "extraConfig",
            "image.repository",
            "eni.enabled",
            "eni.iamRole",
            "eni.awsEnablePrefixDelegation",
            "eni.awsReleaseExcessIPs",
            "eni.subnetIDsFilter",
            "eni.subnetTagsFilter",
            "eni.nodeSpec.firstInterfaceIndex",
            "eni.nodeSpec.securityGroups",
            "eni.nodeSpec.subnetIDs",
            "eni.nodeSpec.subnetTags");

    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "upgradeCompatibility",
            "image.pullPolicy",
            "preflight",
            "resources",
            "prometheus",
            "serviceMonitor",
            "debug",
            "annotations",
            "podAnnotations",
            "podLabels",
            "priorityClassName",
            "imagePullSecrets",
            "updateStrategy",
            "commonLabels",
            "l7Proxy",
            "bpf",
            "tls",
            "nodeinit",
            "dashboards",
            "ipv4",
            "healthPort",
            "monitor",
            "logOptions",
            "serviceAccounts",
            "enableIPv6Masquerade");

    private ModelledValues() {}

    /** Paths of values that are set and neither acted upon nor without effect, with what they are set to. */
    static List<String> others(Map<String, Object> values) {
        List<String> others = new ArrayList<>();
        collect("", values, others);
        return others;
    }

    private static void collect(String prefix, Map<?, ?> values, List<String> others) {
        values.forEach((key, value) -> {
            String path = prefix + key;
            if (ACTED_UPON.contains(path) || WITHOUT_EFFECT.contains(path)) {
                return;
            }
            if (value instanceof Map<?, ?> map) {
                collect(path + ".", map, others);
            } else if (!off(value)) {
                others.add(path + "=" + value);
            }
        });
    }

    private static boolean off(Object value) {
        return "false".equals(String.valueOf(value)) || String.valueOf(value).isEmpty();
    }
}
