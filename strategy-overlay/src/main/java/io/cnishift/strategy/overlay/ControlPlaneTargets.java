package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the control plane calls on pod addresses: webhooks, aggregated APIs and conversion webhooks, followed through their
 * Service to the workloads behind it. Calls by URL and pods on the host network need no care.
 */
final class ControlPlaneTargets {

    private final Site site;
    private final Map<String, Target> targets = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private ControlPlaneTargets(Site site) {
        this.site = site;
    }

    /** A workload with what calls it and the container ports, by number, that are called. */
    record Target(Workload workload, Set<String> calls, Set<Integer> ports) {}

    static ControlPlaneTargets of(Site site) {
        ControlPlaneTargets found = new ControlPlaneTargets(site);
        site.view().all(Part.CONTROL_PLANE_CALLS, ControlPlaneCall.class).forEach(found::follow);
        return found;
    }

    /** Of a migration after which the control plane reaches pods as before. */
    static ControlPlaneTargets none(Site site) {
        return new ControlPlaneTargets(site);
    }

    /** Workloads in order of their key. */
    List<Target> targets() {
        return List.copyOf(targets.values());
    }

    /** Calls that lead nowhere, and pods that nobody can move. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void follow(ControlPlaneCall call) {
        call.service().ifPresent(key -> {
            Optional<Service> service = site.view().service(key);
            List<Pod> pods = service.map(site.view()::podsOf).orElse(List.of()).stream()
                    .filter(p -> !p.finished())
                    .toList();
            if (service.isEmpty() || pods.isEmpty()) {
                unresolved(call, key);
            } else {
                pods.stream().filter(p -> !p.hostNetwork()).forEach(p -> add(call, service.get(), p));
            }
        });
    }

    private void add(ControlPlaneCall call, Service service, Pod pod) {
        Optional<Workload> workload = site.workloadOf(pod);
        if (workload.isEmpty()) {
            findings.add(OverlayCode.WEBHOOK_UNREACHABLE.finding(
                    "Pod/" + pod.key(),
                    call.key() + " is served by this pod, whose workload is not known",
                    "let a Deployment on the host network serve " + service.key() + ", or expose it by URL"));
            return;
        }
        Target target = targets.computeIfAbsent(
                workload.get().key(), k -> new Target(workload.get(), new TreeSet<>(), new TreeSet<>()));
        target.calls().add(call.key());
        service.ports().stream()
                .filter(p -> p.port() == call.port())
                .forEach(p -> number(workload.get(), p.targetPort()).ifPresent(target.ports()::add));
    }

    private void unresolved(ControlPlaneCall call, String service) {
        String text = call.key() + " calls Service " + service + ", which has no pods in this cluster";
        boolean told = findings.stream().anyMatch(f -> f.message().equals(text));
        if (!told) {
            findings.add(OverlayCode.CALL_UNRESOLVED.finding(
                    call.kind() + " " + call.name(),
                    text,
                    "delete the configuration, or repair the Service behind it"));
        }
    }

    /** The number of a target port, which may be a container port's name. */
    static Optional<Integer> number(Workload workload, String targetPort) {
        if (targetPort.matches("\\d{1,5}")) {
            return Optional.of(Integer.parseInt(targetPort));
        }
        return Listeners.containers(workload).stream()
                .flatMap(c -> Tree.maps(c, "ports").stream())
                .filter(p -> Tree.text(p, "name").filter(targetPort::equals).isPresent())
                .map(p -> (int) Tree.number(p, 0, "containerPort"))
                .findFirst();
    }
}
