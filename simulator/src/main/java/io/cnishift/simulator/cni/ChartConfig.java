package io.cnishift.simulator.cni;

import io.cnishift.simulator.Trees;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The ConfigMap cilium-config of the chart, as far as the simulated agents and operator read it, and what others look at in
 * it. Source: cilium/charts templates/cilium-configmap.yaml of 1.18 to 1.20.
 */
final class ChartConfig {

    private static final String CONF = "/host/etc/cni/net.d/" + NodeCni.CILIUM_CONF;

    private final ReleaseValues v;
    private final Map<String, Object> data = new TreeMap<>();

    private ChartConfig(ReleaseValues values) {
        v = values;
    }

    /** The data, every value a text. */
    static Map<String, Object> data(ReleaseValues values) {
        ChartConfig config = new ChartConfig(values);
        config.addresses();
        config.interfaces();
        config.path();
        config.services();
        config.cni();
        config.operator();
        values.map("extraConfig").forEach((k, value) -> config.data.put(k, String.valueOf(value)));
        return Trees.of(config.data.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray());
    }

    private void addresses() {
        put("ipam", v.ipam());
        put("cluster-name", v.text("cluster.name", "default"));
        put("cluster-id", v.text("cluster.id", "0"));
        ifSet("max-connected-clusters", "clustermesh.maxConnectedClusters");
        if (v.ipam().equals("cluster-pool")) {
            List<String> pools = v.texts("ipam.operator.clusterPoolIPv4PodCIDRList");
            put("cluster-pool-ipv4-cidr", pools.isEmpty() ? "10.0.0.0/8" : String.join(" ", pools));
            put("cluster-pool-ipv4-mask-size", v.text("ipam.operator.clusterPoolIPv4MaskSize", "24"));
        }
    }

    private void interfaces() {
        if (!v.ipam().equals("eni")) {
            return;
        }
        put("aws-enable-prefix-delegation", v.on("eni.awsEnablePrefixDelegation", false));
        put("aws-release-excess-ips", v.on("eni.awsReleaseExcessIPs", false));
        list("subnet-ids-filter", "eni.subnetIDsFilter");
        list("subnet-tags-filter", "eni.subnetTagsFilter");
        list("eni-subnet-ids", "eni.nodeSpec.subnetIDs");
        list("eni-subnet-tags", "eni.nodeSpec.subnetTags");
        list("eni-security-groups", "eni.nodeSpec.securityGroups");
        ifSet("eni-first-interface-index", "eni.nodeSpec.firstInterfaceIndex");
        ifSet("ipam-pre-allocate", "ipam.nodeSpec.ipamPreAllocate");
        ifSet("ipam-min-allocate", "ipam.nodeSpec.ipamMinAllocate");
        ifSet("ipam-max-allocate", "ipam.nodeSpec.ipamMaxAllocate");
    }

    private void list(String key, String path) {
        List<String> values = v.texts(path);
        if (!values.isEmpty()) {
            put(key, String.join(",", values));
        }
    }

    private void path() {
        put("routing-mode", v.routingMode());
        put("tunnel-protocol", v.text("tunnelProtocol", "vxlan"));
        ifSet("tunnel-port", "tunnelPort");
        ifSet("mtu", "MTU");
        ifSet("ipv4-native-routing-cidr", "ipv4NativeRoutingCIDR");
        put("enable-ipv4-masquerade", v.masquerade());
        put("enable-bpf-masquerade", v.on("bpf.masquerade", false));
        ifSet("egress-masquerade-interfaces", "egressMasqueradeInterfaces");
        put("enable-endpoint-routes", v.on("endpointRoutes.enabled", false) || v.eni());
        put("enable-host-legacy-routing", v.on("bpf.hostLegacyRouting", v.chained()));
        put("enable-policy", v.text("policyEnforcementMode", "default").toLowerCase(Locale.ROOT));
        put("enable-l7-proxy", v.on("l7Proxy", true));
        put("enable-hubble", v.on("hubble.enabled", true));
    }

    private void services() {
        put("kube-proxy-replacement", v.replacesKubeProxy());
        if (v.replacesKubeProxy()) {
            put("kube-proxy-replacement-healthz-bind-address", v.text("kubeProxyReplacementHealthzBindAddr", ""));
        }
        ifSet("bpf-lb-sock-hostns-only", "socketLB.hostNamespaceOnly");
    }

    private void cni() {
        boolean custom = v.on("cni.customConf", false);
        put("custom-cni-conf", custom);
        if (!custom && v.on("cni.install", true)) {
            put("write-cni-conf-when-ready", CONF);
            put("cni-exclusive", v.on("cni.exclusive", true));
        }
        if (v.on("cni.uninstall", false)) {
            put("cni-uninstall", true);
        }
        if (v.chained()) {
            put("cni-chaining-mode", v.chainingMode());
        }
    }

    private void operator() {
        ifSet("agent-not-ready-taint-key", "agentNotReadyTaintKey");
        boolean removes = v.on("operator.removeNodeTaints", true);
        put("remove-cilium-node-taints", removes);
        put("set-cilium-node-taints", v.on("operator.setNodeTaints", removes));
        int seconds = v.number("operator.unmanagedPodWatcher.intervalSeconds", 15);
        String interval = v.minor() >= 19 ? seconds + "s" : String.valueOf(seconds);
        put("unmanaged-pod-watcher-interval", v.on("operator.unmanagedPodWatcher.restart", true) ? interval : "0");
    }

    private void put(String key, Object value) {
        data.put(key, String.valueOf(value));
    }

    private void ifSet(String key, String path) {
        String value = v.text(path, "");
        if (!value.isEmpty() && !value.equals("0")) {
            put(key, value);
        }
    }
}
