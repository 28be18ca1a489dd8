package io.cnishift.cilium;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ConfigMap {@code cilium-config} that the chart renders, as far as it decides how a cluster behaves: addresses,
 * routing, masquerading, CNI files, kube-proxy replacement, taints, the watcher of unmanaged pods, listeners. Tuning of
 * maps, proxies, meshes and observability is left out.
 *
 * <p>Agents and operator read it when they start, so it says what runs only after a restart.
 */
final class CiliumConfigMap {

    private final Settings settings;
    private final SortedMap<String, String> data = new TreeMap<>();

    private CiliumConfigMap(Settings settings) {
        this.settings = settings;
    }

    /** The data of the ConfigMap, keys in order; what the templates would leave out is absent. */
    public static Map<String, String> render(CiliumVersion version, Values values) {
        CiliumConfigMap map = new CiliumConfigMap(new Settings(version, values));
        map.basics();
        map.addresses();
        map.routing();
        map.eni();
        map.masquerading();
        map.services();
        map.cni();
        map.nodes();
        map.listeners();
        map.extra();
        return Collections.unmodifiableSortedMap(map.data);
    }

    private void basics() {
        copy("identity-allocation-mode", "identityAllocationMode");
        copy("debug", "debug.enabled");
        copyUnlessEmpty("cluster-name", "cluster.name");
        copy("cluster-id", "cluster.id");
        copyIfSet("max-connected-clusters", "clustermesh.maxConnectedClusters");
        copyIfSet("policy-default-local-cluster", "clustermesh.policyDefaultLocalCluster");
        settings.text("policyEnforcementMode").ifPresent(mode -> put("enable-policy", mode.toLowerCase(Locale.ROOT)));
        joined("policy-cidr-match-mode", "policyCIDRMatchMode", " ");
        copyIfSet("policy-audit-mode", "policyAuditMode");
        copy("enable-l7-proxy", "l7Proxy");
        put("external-envoy-proxy", settings.envoyDaemonSet());
        copy("enable-ipv4", "ipv4.enabled");
        copy("enable-ipv6", "ipv6.enabled");
    }

    private void addresses() {
        put("ipam", settings.ipam());
        if (settings.ipam().equals("cluster-pool") && settings.on("ipv4.enabled")) {
            List<String> pools = settings.list("ipam.operator.clusterPoolIPv4PodCIDRList");
            put("cluster-pool-ipv4-cidr", pools.isEmpty() ? "10.0.0.0/8" : String.join(" ", pools));
            copy("cluster-pool-ipv4-mask-size", "ipam.operator.clusterPoolIPv4MaskSize");
        }
        if (settings.version().atLeast(19)) {
            copyIfSet("ipam-min-allocate", "ipam.nodeSpec.ipamMinAllocate");
            copyIfSet("ipam-pre-allocate", "ipam.nodeSpec.ipamPreAllocate");
            copyIfSet("ipam-max-allocate", "ipam.nodeSpec.ipamMaxAllocate");
        }
        copyUnlessEmpty("ipam-cilium-node-update-rate", "ipam.ciliumNodeUpdateRate");
    }

    private void routing() {
        put("routing-mode", settings.routingMode());
        put("tunnel-protocol", settings.tunnelProtocol());
        copyUnlessZero("tunnel-port", "tunnelPort");
        copyUnlessZero("mtu", "MTU");
        copyUnlessEmpty("ipv4-native-routing-cidr", "ipv4NativeRoutingCIDR");
        copy("auto-direct-node-routes", "autoDirectNodeRoutes");
        if (settings.on("endpointRoutes.enabled") || settings.eni() || settings.on("gke.enabled")) {
            put("enable-endpoint-routes", true);
        }
        if (settings.chained() && !settings.chainingMode().equals("portmap")) {
            put("enable-local-node-route", false);
        }
        settings.text("bpf.hostLegacyRouting")
                .or(() -> settings.chained() ? Optional.of("true") : Optional.empty())
                .ifPresent(legacy -> put("enable-host-legacy-routing", legacy));
        copyIfSet("datapath-mode", "bpf.datapathMode");
        copyIfSet("packetization-layer-pmtud-mode", "pmtuDiscovery.packetizationLayerPMTUDMode");
    }

    private void eni() {
        if (!settings.eni()) {
            return;
        }
        put("auto-create-cilium-node-resource", true);
        trueIfOn("aws-release-excess-ips", "eni.awsReleaseExcessIPs");
        trueIfOn("aws-enable-prefix-delegation", "eni.awsEnablePrefixDelegation");
        put("ec2-api-endpoint", settings.text("eni.ec2APIEndpoint").orElse(""));
        joined("subnet-ids-filter", "eni.subnetIDsFilter", " ");
        joined("subnet-tags-filter", "eni.subnetTagsFilter", ",");
        joined("instance-tags-filter", "eni.instanceTagsFilter", ",");
        copyUnlessEmpty("eni-gc-interval", "eni.gcInterval");
        if (settings.version().atLeast(19)) {
            copyIfSet("eni-first-interface-index", "eni.nodeSpec.firstInterfaceIndex");
            copyIfSet("eni-delete-on-termination", "eni.nodeSpec.deleteOnTermination");
            joined("eni-subnet-ids", "eni.nodeSpec.subnetIDs", ",");
            joined("eni-subnet-tags", "eni.nodeSpec.subnetTags", ",");
            joined("eni-security-groups", "eni.nodeSpec.securityGroups", ",");
            joined("eni-security-group-tags", "eni.nodeSpec.securityGroupTags", ",");
            joined("eni-exclude-interface-tags", "eni.nodeSpec.excludeInterfaceTags", ",");
            trueIfOn("eni-use-primary-address", "eni.nodeSpec.usePrimaryAddress");
            trueIfOn("eni-disable-prefix-delegation", "eni.nodeSpec.disablePrefixDelegation");
        }
    }

    private void masquerading() {
        put("enable-ipv4-masquerade", settings.masqueradeIpv4());
        copy("enable-ipv6-masquerade", "enableIPv6Masquerade");
        copyIfSet("enable-bpf-masquerade", "bpf.masquerade");
        copy("enable-masquerade-to-route-source", "enableMasqueradeRouteSource");
        copyIfSet("egress-masquerade-interfaces", "egressMasqueradeInterfaces");
        trueIfOn("enable-ip-masq-agent", "ipMasqAgent.enabled");
        if (settings.on("encryption.enabled")) {
            String type = settings.text("encryption.type").orElse("ipsec");
            if (type.equals("ipsec") || type.equals("wireguard")) {
                put("enable-" + type, true);
            }
            trueIfOn("encrypt-node", "encryption.nodeEncryption");
        }
        boolean none = settings.eni() || settings.on("gke.enabled") || settings.chained();
        put("install-no-conntrack-iptables-rules", !none && settings.on("installNoConntrackIptablesRules"));
        copy("enable-xt-socket-fallback", "enableXTSocketFallback");
    }

    private void services() {
        String replacement = settings.nonEmpty("kubeProxyReplacement").orElse("false");
        put("kube-proxy-replacement", replacement);
        if (replacement.equals("true")) {
            put(
                    "kube-proxy-replacement-healthz-bind-address",
                    settings.text("kubeProxyReplacementHealthzBindAddr").orElse(""));
        } else if (!settings.version().atLeast(19)) {
            copyIfSet("enable-node-port", "nodePort.enabled");
            copyIfSet("enable-host-port", "hostPort.enabled");
            copyIfSet("enable-external-ips", "externalIPs.enabled");
        }
        if (!settings.version().atLeast(19)) {
            trueIfOn("enable-svc-source-range-check", "svcSourceRangeCheck");
        }
        copy("bpf-lb-sock", "socketLB.enabled");
        copyIfSet("bpf-lb-sock-hostns-only", "socketLB.hostNamespaceOnly");
        copyIfSet("node-port-range", "nodePort.range");
        joined("nodeport-addresses", "nodePort.addresses", ",");
        copyIfSet("direct-routing-device", "nodePort.directRoutingDevice");
        copy("enable-health-check-nodeport", "nodePort.enableHealthCheck");
        copy("node-port-bind-protection", "nodePort.bindProtection");
        copyIfSet("bpf-lb-mode", "loadBalancer.mode");
        if (settings.text("devices").isPresent()) {
            put("devices", String.join(" ", settings.list("devices")));
        }
        if (settings.on("localRedirectPolicies.enabled") || settings.on("localRedirectPolicy")) {
            put("enable-local-redirect-policy", true);
        }
    }

    private void cni() {
        String directory = settings.text("cni.hostConfDirMountPath").orElse(Migration.CNI_DIRECTORY_IN_AGENT);
        boolean custom = settings.on("cni.customConf");
        put("custom-cni-conf", custom);
        if (settings.nonEmpty("cni.configMap").isPresent()) {
            put(
                    "read-cni-conf",
                    settings.text("cni.confFileMountPath").orElse("") + "/"
                            + settings.text("cni.configMapKey").orElse(""));
            if (custom) {
                put("write-cni-conf-when-ready", directory + "/" + Migration.CILIUM_CONFLIST);
            }
        } else {
            copyUnlessEmpty("read-cni-conf", "cni.readCniConf");
        }
        if (!custom && settings.on("cni.install")) {
            put("write-cni-conf-when-ready", directory + "/" + Migration.CILIUM_CONFLIST);
            copy("cni-exclusive", "cni.exclusive");
            copy("cni-log-file", "cni.logFile");
        }
        trueIfOn("cni-uninstall", "cni.uninstall");
        if (settings.chained()) {
            put("cni-chaining-mode", settings.chainingMode());
        }
        copyIfSet("cni-chaining-target", "cni.chainingTarget");
        copyIfSet("cni-external-routing", "cni.externalRouting");
        trueIfOn("enable-route-mtu-for-cni-chaining", "cni.enableRouteMTUForCNIChaining");
    }

    private void nodes() {
        copy("agent-not-ready-taint-key", "agentNotReadyTaintKey");
        boolean removes = settings.on("operator.removeNodeTaints");
        if (removes) {
            put("remove-cilium-node-taints", true);
        }
        if (settings.text("operator.setNodeTaints").map("true"::equals).orElse(removes)) {
            put("set-cilium-node-taints", true);
        }
        trueIfOn("set-cilium-is-up-condition", "operator.setNodeNetworkStatus");
        if (settings.on("operator.unmanagedPodWatcher.restart")) {
            int seconds = settings.number("operator.unmanagedPodWatcher.intervalSeconds", 15);
            put(
                    "unmanaged-pod-watcher-interval",
                    settings.version().atLeast(19) ? seconds + "s" : String.valueOf(seconds));
        } else {
            put("unmanaged-pod-watcher-interval", "0");
        }
        copyIfSet("pod-restart-selector", "operator.unmanagedPodWatcher.selector");
        copy("synchronize-k8s-nodes", "synchronizeK8sNodes");
    }

    private void listeners() {
        boolean plain = !settings.chained() || settings.chainingMode().equals("portmap");
        put("enable-endpoint-health-checking", plain && settings.on("endpointHealthChecking.enabled"));
        copy("enable-health-checking", "healthChecking");
        put("operator-api-serve-addr", settings.on("ipv4.enabled") ? "127.0.0.1:9234" : "[::1]:9234");
        if (settings.number("healthPort", 9879) != 9879) {
            copy("agent-health-port", "healthPort");
        }
        put("enable-hubble", settings.on("hubble.enabled"));
        if (settings.on("hubble.enabled")) {
            copyIfSet("hubble-listen-address", "hubble.listenAddress");
        }
        if (settings.on("prometheus.enabled")) {
            put("prometheus-serve-addr", ":" + settings.text("prometheus.port").orElse("9962"));
        }
        if (settings.on("operator.prometheus.enabled")) {
            put(
                    "operator-prometheus-serve-addr",
                    ":" + settings.text("operator.prometheus.port").orElse("9963"));
        }
    }

    /** Last, as in the chart: it replaces whatever is there. */
    private void extra() {
        if (settings.values().get("extraConfig").orElse(Map.of()) instanceof Map<?, ?> extra) {
            extra.forEach((key, value) -> put(String.valueOf(key), String.valueOf(value)));
        }
    }

    private void put(String key, Object value) {
        data.put(key, value.toString());
    }

    private void copy(String key, String value) {
        put(key, settings.text(value).orElse(""));
    }

    private void copyIfSet(String key, String value) {
        settings.text(value).ifPresent(text -> put(key, text));
    }

    private void copyUnlessEmpty(String key, String value) {
        settings.nonEmpty(value).ifPresent(text -> put(key, text));
    }

    private void copyUnlessZero(String key, String value) {
        settings.nonEmpty(value).filter(text -> !text.equals("0")).ifPresent(text -> put(key, text));
    }

    private void trueIfOn(String key, String value) {
        if (settings.on(value)) {
            put(key, true);
        }
    }

    private void joined(String key, String value, String separator) {
        List<String> items = settings.list(value);
        if (!items.isEmpty()) {
            put(key, String.join(separator, items));
        }
    }
}
