package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;

/** Rewriting of source addresses, and what goes with it in BPF. */
final class MasqueradeRules {

    private static final String INTERFACES = "egressMasqueradeInterfaces";

    private MasqueradeRules() {}

    static List<ValueProblem> check(Settings settings) {
        List<ValueProblem> problems = new ArrayList<>();
        if (settings.bpfMasquerade()) {
            bpf(settings, problems);
            if (settings.kubeProxyReplacement()) {
                kubeProxyReplaced(settings, problems);
            }
        } else if (settings.on("ipMasqAgent.enabled")) {
            problems.add(ValueProblem.error(
                    ValueRule.IP_MASQ_AGENT,
                    "ipMasqAgent.enabled",
                    "the ip-masq-agent of Cilium works in BPF only, and agents do not start without bpf.masquerade",
                    "set bpf.masquerade=true, or leave ipMasqAgent out"));
        }
        settings.nonEmpty(INTERFACES)
                .filter(text -> text.matches("eth(\\d+|\\+)?"))
                .ifPresent(text -> problems.add(ValueProblem.warning(
                        ValueRule.MASQ_INTERFACE,
                        INTERFACES,
                        "interfaces of Amazon Linux 2023 are called ens5 and so on, so nothing leaves by " + text,
                        settings.tunnel() ? "leave it out" : "leave it out, or use ens+")));
        return problems;
    }

    private static void bpf(Settings settings, List<ValueProblem> problems) {
        boolean nodePort = settings.kubeProxyReplacement() || settings.on("nodePort.enabled");
        if (!settings.version().atLeast(19) && !nodePort) {
            problems.add(ValueProblem.error(
                    ValueRule.BPF_MASQ_KPR,
                    "bpf.masquerade",
                    "up to 1.18 agents with bpf.masquerade do not start unless kubeProxyReplacement is true",
                    "set bpf.masquerade=false until kube-proxy is replaced, or install 1.19 or later"));
        }
        if (!settings.masqueradesAnything()) {
            problems.add(ValueProblem.error(
                    ValueRule.BPF_MASQ_OFF,
                    "bpf.masquerade",
                    "agents with bpf.masquerade do not start while masquerading is off",
                    "set enableIPv4Masquerade=true, or bpf.masquerade=false"));
        }
        if (settings.nonEmpty(INTERFACES).isPresent()) {
            problems.add(ValueProblem.error(
                    ValueRule.BPF_MASQ_INTERFACES,
                    INTERFACES,
                    "agents with bpf.masquerade do not start when interfaces are named",
                    "leave egressMasqueradeInterfaces out"));
        }
        if (settings.on("enableMasqueradeRouteSource")) {
            problems.add(ValueProblem.error(
                    ValueRule.BPF_MASQ_ROUTE,
                    "enableMasqueradeRouteSource",
                    "agents with bpf.masquerade do not start with the source address of the route",
                    "leave enableMasqueradeRouteSource out"));
        }
    }

    private static void kubeProxyReplaced(Settings settings, List<ValueProblem> problems) {
        List<String> devices = settings.list("devices");
        boolean one = devices.size() == 1
                && !devices.get(0).isEmpty()
                && !devices.get(0).endsWith("+");
        if (settings.eni() && one) {
            problems.add(ValueProblem.warning(
                    ValueRule.DEVICES,
                    "devices",
                    "with one named device, traffic to the API server by another interface is dropped",
                    "leave devices out, or end the name with +"));
        }
        if (!settings.on("bpf.hostLegacyRouting")) {
            problems.add(ValueProblem.warning(
                    ValueRule.HOST_ROUTING,
                    "bpf.hostLegacyRouting",
                    "pods bypass their node's network stack, where EKS Pod Identity has been unreachable with some releases",
                    "try Pod Identity from a pod first, or set bpf.hostLegacyRouting=true"));
        }
    }
}
