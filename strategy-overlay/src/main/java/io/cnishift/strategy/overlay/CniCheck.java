package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The VPC CNI and its neighbours on each node, as they must be for the fence and the time with two CNIs. */
final class CniCheck {

    /** The first version with AWS_EXTERNAL_SERVICE_CIDRS. */
    private static final String ROUTABLE = "1.12.6";

    private static final List<String> OTHER_CNIS = List.of("multus", "istio-cni", "linkerd-cni");
    private static final List<String> ADDONS = List.of("vpc-cni", "coredns", "kube-proxy");

    private CniCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        View view = draft.site().view();
        view.awsNode()
                .ifPresentOrElse(
                        w -> awsNode(w, findings),
                        () -> findings.add(SiteCode.NO_VPC_CNI.finding(
                                FencePhases.AWS_NODE,
                                "it does not exist",
                                "use cnishift on clusters that are on the VPC CNI")));
        draft.site().vpcCni().ifPresent(cni -> settings(draft.site(), cni, findings));
        kept(draft, findings);
        addons(view, findings);
        neighbours(draft, findings);
        return findings;
    }

    private static void awsNode(Workload workload, List<Finding> findings) {
        if (!workload.settled()) {
            findings.add(SiteCode.VPC_CNI_UNSETTLED.finding(
                    workload.key(),
                    workload.ready() + " of " + workload.desired() + " ready, " + workload.updated() + " updated",
                    "wait for its rollout, or repair it"));
        }
        if (workload.eksFields().stream().anyMatch(f -> f.startsWith("spec.template.spec.nodeSelector"))) {
            findings.add(SiteCode.NODE_SELECTOR_OWNED.finding(
                    workload.key(),
                    "field manager eks owns spec.template.spec.nodeSelector",
                    "take nodeSelector out of the add-on's configuration"));
        }
        if (workload.owner().insists()) {
            findings.add(SiteCode.CNI_OWNED.finding(
                    workload.key(),
                    workload.owner() + " writes it and would take the fence down",
                    "suspend the synchronisation of this object, then accept this"));
        }
    }

    private static void settings(Site site, VpcCni cni, List<Finding> findings) {
        if (site.routed() && !cni.atLeast(ROUTABLE)) {
            findings.add(SiteCode.VPC_CNI_TOO_OLD.finding(
                    FencePhases.AWS_NODE,
                    "version " + (cni.version().isEmpty() ? "unknown" : cni.version()) + " is before " + ROUTABLE,
                    "update the VPC CNI, or set hybrid=isolated"));
        }
        if (cni.on("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG")) {
            findings.add(SiteCode.CUSTOM_NETWORKING.finding(
                    FencePhases.AWS_NODE,
                    "custom networking is on",
                    "delete the ENIConfigs and the pod subnets once the migration is complete"));
        }
    }

    private static void kept(Draft draft, List<Finding> findings) {
        Map<String, String> env = new TreeMap<>();
        if (draft.site().routed()) {
            env.putAll(FencePhases.routing(draft));
        }
        if (draft.roll().addresses().frees()) {
            env.putAll(WarmIps.LOWERED);
        }
        VpcCni.kept(draft.site().view(), env)
                .forEach((name, now) -> findings.add(SiteCode.VARIABLE_KEPT.finding(
                        FencePhases.AWS_NODE,
                        name + " is '" + now
                                + "' there, set past the add-on's configuration, and would stay so when the add-on"
                                + " vpc-cni is given '" + env.get(name) + "'",
                        "take it off with 'kubectl -n kube-system set env daemonset/aws-node -c aws-node " + name
                                + "-', or have EKS take it by 'aws eks update-addon --resolve-conflicts OVERWRITE', then"
                                + " plan again")));
    }

    private static void addons(View view, List<Finding> findings) {
        ADDONS.stream()
                .flatMap(name -> view.addon(name).stream())
                .filter(a -> !a.status().equals("ACTIVE"))
                .forEach(a -> findings.add(unhealthy(a)));
    }

    private static Finding unhealthy(Addon addon) {
        return SiteCode.ADDON_UNHEALTHY.finding(
                "add-on " + addon.name(),
                "its status is " + addon.status()
                        + (addon.issues().isEmpty() ? "" : ": " + String.join("; ", addon.issues())),
                "repair it first");
    }

    private static void neighbours(Draft draft, List<Finding> findings) {
        View view = draft.site().view();
        boolean shares = draft.site()
                .values()
                .text("cni.exclusive")
                .filter("false"::equals)
                .isPresent();
        view.workloads().stream()
                .filter(w -> w.kind().equals("DaemonSet") && !shares)
                .filter(w -> OTHER_CNIS.stream().anyMatch(w.name()::contains))
                .forEach(w -> findings.add(SiteCode.OTHER_CNI.finding(
                        w.key(),
                        "it writes into the CNI directory, where an exclusive Cilium sets its file aside",
                        "set cni.exclusive=false in the values, or accept it")));
        view.get(Part.CONFIG_MAPS, ConfigMap.class, "kube-system/kube-proxy-config")
                .filter(c ->
                        c.data().getOrDefault("config", "").replace("\"", "").contains("mode: ipvs"))
                .ifPresent(c -> findings.add(SiteCode.KUBE_PROXY_IPVS.finding(
                        "ConfigMap/kube-system/kube-proxy-config",
                        "kube-proxy runs in IPVS mode",
                        "watch the canary's Service questions, or change to iptables mode first")));
        if (draft.site().options().kubeProxyReplacement() != OverlayOptions.KubeProxy.OFF) {
            view.workload("DaemonSet/kube-system/node-local-dns")
                    .ifPresent(w -> findings.add(SiteCode.NODE_LOCAL_DNS.finding(
                            w.key(),
                            "Cilium bypasses it once it replaces kube-proxy",
                            "set localRedirectPolicies.enabled=true with a CiliumLocalRedirectPolicy, or remove it")));
        }
    }
}
