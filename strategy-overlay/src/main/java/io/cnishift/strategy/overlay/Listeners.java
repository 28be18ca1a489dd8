package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The ports that the pods of a workload listen on: declared, in arguments, in probes, and by default of the program. */
final class Listeners {

    private static final List<String> PROBES = List.of("readinessProbe", "livenessProbe", "startupProbe");

    private Listeners() {}

    /** All of them, as {@code tcp/9443}. */
    static Set<String> of(Workload workload) {
        Set<String> ports = new TreeSet<>();
        containers(workload).forEach(c -> ports.addAll(ofContainer(c)));
        return ports;
    }

    static List<Map<String, Object>> containers(Workload workload) {
        return Tree.maps(workload.podSpec(), "containers");
    }

    static Set<String> ofContainer(Map<String, Object> container) {
        Set<String> ports = new TreeSet<>();
        Tree.maps(container, "ports").forEach(p -> ports.add(written(p)));
        List<String> arguments = Tree.texts(container, "args");
        PortArguments.ports(arguments).forEach(p -> ports.add("tcp/" + p));
        for (String probe : PROBES) {
            for (String check : List.of("httpGet", "tcpSocket", "grpc")) {
                long port = Tree.number(container, 0, probe, check, "port");
                if (port > 0) {
                    ports.add("tcp/" + port);
                }
            }
        }
        KnownListener.of(container).stream()
                .filter(k -> arguments.stream().noneMatch(a -> a.startsWith(k.flag())))
                .forEach(k -> ports.add("tcp/" + k.port()));
        return ports;
    }

    static List<String> probes() {
        return PROBES;
    }

    private static String written(Map<String, Object> port) {
        return Tree.text(port, "protocol").orElse("TCP").toLowerCase(Locale.ROOT) + "/"
                + Tree.number(port, 0, "containerPort");
    }
}
