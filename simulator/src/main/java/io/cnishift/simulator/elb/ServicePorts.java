package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Tree;
import java.util.Map;
import java.util.Optional;

/** Ports of Services. Pure. */
final class ServicePorts {

    private ServicePorts() {}

    /** The port of that number or name. */
    static Optional<Map<String, Object>> find(Map<String, Object> service, String port) {
        return Tree.maps(service, "spec", "ports").stream()
                .filter(p -> Tree.text(p, "port").filter(port::equals).isPresent()
                        || Tree.text(p, "name").filter(port::equals).isPresent())
                .findFirst();
    }

    /** The default port of a target group: the node port, or the port of the pods where that is a number, else 1. */
    static int trafficPort(Map<String, Object> port, String targetType) {
        boolean named = port.get("targetPort") instanceof String;
        return targetType.equals("instance")
                ? (int) Tree.number(port, 1, "nodePort")
                : (int) Tree.number(port, named ? 1 : Tree.number(port, 1, "port"), "targetPort");
    }
}
