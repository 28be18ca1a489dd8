package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Decides how each workload that the control plane calls gets onto the host network. */
final class HostNetworkMoves {

    private HostNetworkMoves() {}

    /**
     * The moves, in order of the workloads' keys; each keeps away from the ports of those before it, since they may share
     * a node.
     */
    static List<HostNetworkMove> of(
            Site site, ControlPlaneTargets targets, Canaries canaries, ChartDraft chart, IntPredicate admitted) {
        Set<String> taken = new TreeSet<>(HostPorts.taken(site, chart));
        return targets.targets().stream()
                .map(t -> move(site, t, HostFit.of(site, t.workload(), canaries), taken, admitted))
                .toList();
    }

    private static HostNetworkMove move(
            Site site, ControlPlaneTargets.Target target, HostFit fit, Set<String> taken, IntPredicate admitted) {
        Workload workload = target.workload();
        PortMoves ports = PortMoves.of(workload, taken, admitted);
        List<Service> services = services(site, workload);
        HostNetworkPatch patch = new HostNetworkPatch(workload, ports.ports());
        List<Finding> problems = new ArrayList<>(ports.problems());
        problems.addAll(fit.problems());
        problems.addAll(podSecurity(site, workload));
        problems.addAll(EngineRules.onHostNetwork(site, workload));
        return new HostNetworkMove(
                workload,
                List.copyOf(target.calls()),
                ports.ports(),
                target.ports().stream().map(ports::after).toList(),
                served(services, workload).stream().map(ports::after).toList(),
                patch.ofWorkload(fit.strategy(), target.ports()),
                patch.ofServices(services),
                problems);
    }

    private static List<Service> services(Site site, Workload workload) {
        return site.view().podsOf(workload.key()).stream()
                .flatMap(p -> site.view().servicesOf(p).stream())
                .distinct()
                .sorted(Comparator.comparing(Service::key))
                .toList();
    }

    /** TCP ports of the pods that Services lead to. */
    private static Set<Integer> served(List<Service> services, Workload workload) {
        Set<Integer> ports = new TreeSet<>();
        services.stream()
                .flatMap(s -> s.ports().stream())
                .filter(p -> p.protocol().equalsIgnoreCase("tcp"))
                .forEach(p ->
                        ControlPlaneTargets.number(workload, p.targetPort()).ifPresent(ports::add));
        return ports;
    }

    private static List<Finding> podSecurity(Site site, Workload workload) {
        return site.view()
                .get(Part.NAMESPACES, Namespace.class, workload.namespace())
                .filter(n -> !n.podSecurity().equals("privileged"))
                .map(n -> List.of(OverlayCode.POD_SECURITY.finding(
                        workload.key(),
                        "namespace " + n.name() + " enforces Pod Security level " + n.podSecurity()
                                + ", which refuses the host network",
                        "label the namespace pod-security.kubernetes.io/enforce=privileged for these pods' sake, or set"
                                + " controlPlanePods=leave-on-vpc-cni")))
                .orElse(List.of());
    }
}
