package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;

/** Combinations with which the chart's templates stop rendering, apart from those of the other rule classes. */
final class ChartRules {

    private ChartRules() {}

    static List<ValueProblem> check(Settings settings) {
        List<ValueProblem> problems = new ArrayList<>();
        hubble(settings, problems);
        certificates(settings, problems);
        monitoring(settings, problems);
        String replacement = settings.nonEmpty("kubeProxyReplacement").orElse("false");
        if (!replacement.equals("true") && !replacement.equals("false")) {
            problems.add(ValueProblem.error(
                    ValueRule.KPR_VALUE,
                    "kubeProxyReplacement",
                    "kubeProxyReplacement cannot be " + replacement + "; the chart takes true or false only",
                    replacement.equals("disabled")
                            ? "set it to false"
                            : "set it to true, or to false to keep kube-proxy"));
        }
        if (settings.on("operator.setNodeTaints") && !settings.on("operator.removeNodeTaints")) {
            problems.add(ValueProblem.error(
                    ValueRule.TAINTS,
                    "operator.setNodeTaints",
                    "the operator would put taints on nodes that nothing takes off",
                    "set operator.removeNodeTaints=true, or leave operator.setNodeTaints out"));
        }
        if (settings.on("bpf.tproxy")
                && settings.text("bpf.datapathMode")
                        .filter(mode -> mode.startsWith("netkit"))
                        .isPresent()) {
            problems.add(ValueProblem.error(
                    ValueRule.TPROXY_NETKIT,
                    "bpf.tproxy",
                    "bpf.tproxy does not work with netkit devices",
                    "leave bpf.tproxy out, or set bpf.datapathMode=veth"));
        }
        return problems;
    }

    private static void hubble(Settings settings, List<ValueProblem> problems) {
        boolean relay = settings.on("hubble.relay.enabled");
        if (settings.on("hubble.ui.enabled") && !settings.on("hubble.ui.standalone.enabled") && !relay) {
            problems.add(ValueProblem.error(
                    ValueRule.HUBBLE_UI,
                    "hubble.ui.enabled",
                    "Hubble's web interface needs the relay",
                    "set hubble.relay.enabled=true too"));
        }
        if (relay && !settings.on("hubble.enabled")) {
            problems.add(ValueProblem.error(
                    ValueRule.HUBBLE_RELAY,
                    "hubble.relay.enabled",
                    "Hubble's relay needs Hubble in the agents",
                    "set hubble.enabled=true too"));
        }
    }

    private static void certificates(Settings settings, List<ValueProblem> problems) {
        boolean hubble = settings.on("hubble.enabled")
                && settings.on("hubble.tls.enabled")
                && settings.on("hubble.tls.auto.enabled");
        issuer(settings, "hubble.tls.auto", hubble, problems);
        boolean mesh = settings.on("clustermesh.useAPIServer") && settings.on("clustermesh.apiserver.tls.auto.enabled");
        issuer(settings, "clustermesh.apiserver.tls.auto", mesh, problems);
    }

    private static void issuer(Settings settings, String prefix, boolean used, List<ValueProblem> problems) {
        boolean manager =
                settings.text(prefix + ".method").filter("certmanager"::equals).isPresent();
        if (used
                && manager
                && settings.values().get(prefix + ".certManagerIssuerRef").isEmpty()) {
            problems.add(ValueProblem.error(
                    ValueRule.CERT_ISSUER,
                    prefix + ".certManagerIssuerRef",
                    "certificates are to come from cert-manager, but no issuer is named",
                    "set " + prefix + ".certManagerIssuerRef, or use the method helm or cronJob"));
        }
    }

    private static void monitoring(Settings settings, List<ValueProblem> problems) {
        boolean monitors = settings.on("prometheus.serviceMonitor.enabled")
                || settings.on("operator.prometheus.serviceMonitor.enabled")
                || settings.on("hubble.metrics.serviceMonitor.enabled")
                || settings.on("envoy.prometheus.serviceMonitor.enabled");
        if (monitors && !settings.on("prometheus.serviceMonitor.trustCRDsExist")) {
            problems.add(
                    ValueProblem.warning(
                            ValueRule.SERVICE_MONITOR,
                            "prometheus.serviceMonitor.enabled",
                            "the chart stops rendering where the API monitoring.coreos.com/v1 is not installed",
                            "install the Prometheus operator's CRDs first, or set prometheus.serviceMonitor.trustCRDsExist=true"));
        }
    }
}
