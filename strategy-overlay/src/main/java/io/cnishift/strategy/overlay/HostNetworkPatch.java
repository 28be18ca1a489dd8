package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the strategic merge patches that put a workload onto the host network: its template with ports, arguments and probes
 * that agree, its update strategy, and the Services that name a changed port by number.
 */
final class HostNetworkPatch {

    private final Workload workload;
    private final SortedMap<Integer, Integer> moves;

    HostNetworkPatch(Workload workload, SortedMap<Integer, Integer> moves) {
        this.workload = workload;
        this.moves = moves;
    }

    /** The patch of the workload. */
    Map<String, Object> ofWorkload(Map<String, Object> strategy, Set<Integer> reached) {
        Map<String, Object> podSpec = Trees.of("hostNetwork", true);
        String dns = Tree.text(workload.podSpec(), "dnsPolicy").orElse("ClusterFirst");
        if (dns.equals("ClusterFirst")) {
            podSpec.put("dnsPolicy", "ClusterFirstWithHostNet");
        }
        List<Object> containers = new ArrayList<>();
        boolean first = true;
        for (Map<String, Object> container : Listeners.containers(workload)) {
            Map<String, Object> patch = ofContainer(container, first ? undeclared(reached) : List.of());
            if (patch.size() > 1) {
                containers.add(patch);
            }
            first = false;
        }
        if (!containers.isEmpty()) {
            podSpec.put("containers", containers);
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!strategy.isEmpty()) {
            spec.put("strategy", strategy);
        }
        spec.put("template", Trees.of("spec", podSpec));
        return Trees.of("spec", spec);
    }

    /** Patches of the Services before these pods whose target port is a number that changes, by namespace/name. */
    Map<String, Map<String, Object>> ofServices(List<Service> services) {
        Map<String, Map<String, Object>> patches = new TreeMap<>();
        for (Service service : services) {
            List<Object> ports = service.ports().stream()
                    .filter(p ->
                            p.targetPort().matches("\\d{1,5}") && moves.containsKey(Integer.parseInt(p.targetPort())))
                    .map(p ->
                            (Object) Trees.of("port", p.port(), "targetPort", after(Integer.parseInt(p.targetPort()))))
                    .toList();
            if (!ports.isEmpty()) {
                patches.put(service.key(), Trees.nested(ports, "spec", "ports"));
            }
        }
        return patches;
    }

    private Map<String, Object> ofContainer(Map<String, Object> container, List<Integer> undeclared) {
        Map<String, Object> patch =
                Trees.of("name", Tree.text(container, "name").orElse(""));
        List<String> arguments = Tree.texts(container, "args");
        List<String> moved = arguments(container, arguments);
        if (!moved.equals(arguments)) {
            patch.put("args", moved);
        }
        List<Object> ports = ports(container, undeclared);
        if (!ports.isEmpty()) {
            patch.put("ports", ports);
        }
        for (String probe : Listeners.probes()) {
            for (String check : List.of("httpGet", "tcpSocket", "grpc")) {
                int port = (int) Tree.number(container, 0, probe, check, "port");
                if (moves.containsKey(port)) {
                    patch.put(probe, Trees.nested(after(port), check, "port"));
                }
            }
        }
        return patch;
    }

    /** Ports are merged by their number, so a changed one is deleted and added; the host's port is always the same. */
    private List<Object> ports(Map<String, Object> container, List<Integer> undeclared) {
        List<Object> ports = new ArrayList<>();
        for (Map<String, Object> declared : Tree.maps(container, "ports")) {
            int port = (int) Tree.number(declared, 0, "containerPort");
            if (moves.containsKey(port)) {
                ports.add(Trees.of("$patch", "delete", "containerPort", port));
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            Tree.text(declared, "name").ifPresent(name -> entry.put("name", name));
            entry.put("containerPort", after(port));
            entry.put("hostPort", after(port));
            entry.put("protocol", Tree.text(declared, "protocol").orElse("TCP"));
            ports.add(entry);
        }
        undeclared.forEach(
                port -> ports.add(Trees.of("containerPort", after(port), "hostPort", after(port), "protocol", "TCP")));
        return ports;
    }

    private List<String> arguments(Map<String, Object> container, List<String> arguments) {
        List<String> moved = arguments;
        for (Map.Entry<Integer, Integer> move : moves.entrySet()) {
            List<String> next = PortArguments.replaced(moved, move.getKey(), move.getValue());
            if (next.equals(moved)) {
                KnownListener.of(container).stream()
                        .filter(k -> k.port() == move.getKey())
                        .findFirst()
                        .ifPresent(k -> next.add(k.at(move.getValue())));
            }
            moved = next;
        }
        return moved;
    }

    /** Ports that the control plane calls and no container declares: without them the scheduler sees no clash. */
    private List<Integer> undeclared(Set<Integer> reached) {
        List<Integer> declared = Listeners.containers(workload).stream()
                .flatMap(c -> Tree.maps(c, "ports").stream())
                .map(p -> (int) Tree.number(p, 0, "containerPort"))
                .toList();
        return reached.stream().filter(p -> !declared.contains(p)).sorted().toList();
    }

    private int after(int port) {
        return moves.getOrDefault(port, port);
    }
}
