package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Whether somebody listens on nodes where Cilium has to. */
final class PortCheck {

    /** kube-proxy's health port, which it gives up before Cilium takes it. */
    private static final String HANDED_OVER = "tcp/10256";

    private PortCheck() {}

    static List<Finding> check(Draft draft) {
        return draft.chart().map(chart -> check(draft.site(), chart)).orElse(List.of());
    }

    private static List<Finding> check(Site site, ChartDraft chart) {
        List<Finding> findings = new ArrayList<>();
        Set<String> wanted = HostPorts.cilium(chart);
        for (Workload workload : site.view().workloads()) {
            Set<String> clash = new TreeSet<>(workload.hostNetwork() ? Listeners.of(workload) : Set.of());
            site.view()
                    .podsOf(workload.key())
                    .forEach(p -> p.hostPorts()
                            .forEach(port -> clash.add(port.protocol().toLowerCase(Locale.ROOT) + "/" + port.port())));
            clash.retainAll(wanted);
            if (workload.key().equals(KubeProxyPhase.KUBE_PROXY)) {
                clash.remove(HANDED_OVER);
            }
            if (!clash.isEmpty()) {
                findings.add(SiteCode.CILIUM_PORT_TAKEN.finding(
                        workload.key(),
                        "it listens on " + String.join(", ", clash) + " of nodes, which Cilium needs",
                        "move its port, or Cilium's by chart values"));
            }
        }
        return findings;
    }
}
