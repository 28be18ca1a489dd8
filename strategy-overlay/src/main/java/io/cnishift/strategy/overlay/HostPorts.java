package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.cilium.HostPort;
import io.cnishift.cilium.Ports;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Ports that are taken on nodes, as {@code tcp/9443}: what a pod that moves to the host network must keep away from. */
final class HostPorts {

    /** kubelet (10248 health, 10250, 10255 read only) and what nodes of Amazon Linux 2023 reserve for AWS agents. */
    private static final Set<String> OF_NODES = Set.of(
            "tcp/22",
            "tcp/2703",
            "tcp/9808",
            "tcp/9809",
            "tcp/10248",
            "tcp/10249",
            "tcp/10250",
            "tcp/10255",
            "tcp/10256",
            "tcp/61678",
            "tcp/61679");

    private HostPorts() {}

    /** Ports of pods on the host network and of pods with host ports, of the node itself, and of Cilium to come. */
    static Set<String> taken(Site site, ChartDraft chart) {
        Set<String> taken = new TreeSet<>(OF_NODES);
        taken.addAll(inUse(site));
        taken.addAll(cilium(chart));
        return taken;
    }

    /** Ports that pods take today. */
    static Set<String> inUse(Site site) {
        Set<String> taken = new TreeSet<>();
        site.view().workloads().stream().filter(Workload::hostNetwork).forEach(w -> taken.addAll(Listeners.of(w)));
        site.view().pods().forEach(p -> p.hostPorts().forEach(port -> taken.add(written(port))));
        return taken;
    }

    /** Ports that Cilium takes in any phase. */
    static Set<String> cilium(ChartDraft chart) {
        Set<String> taken = new TreeSet<>();
        chart.phases()
                .forEach(phase -> listening(chart, phase.over(chart.user()))
                        .forEach(p -> taken.add(p.protocol().name().toLowerCase(Locale.ROOT) + "/" + p.port())));
        return taken;
    }

    private static List<HostPort> listening(ChartDraft chart, io.cnishift.cilium.Values values) {
        return Ports.listening(chart.version(), values);
    }

    private static String written(Pod.HostPort port) {
        return port.protocol().toLowerCase(Locale.ROOT) + "/" + port.port();
    }
}
