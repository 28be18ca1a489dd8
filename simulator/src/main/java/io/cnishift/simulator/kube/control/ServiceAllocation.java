package io.cnishift.simulator.kube.control;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.ServiceRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API server gives a Service its address, and node ports where its type has them. */
final class ServiceAllocation implements Behaviour {
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int NODE_PORTS = 2_768;
    /** The first addresses of the range are kept for well-known Services. */
    private static final int FIRST_ADDRESS = 256;

    @Override
    public String id() {
        return "service-allocation";
    }

    @Override
    public String source() {
        return "pkg/registry/core/service (alloc.go; strategy.go, dropTypeDependentFields); Kubernetes documentation, Service ClusterIP allocation";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.admit(request -> isService(request) ? allocated(kernel, released(request)) : request.object());
    }

    private static boolean isService(Admission.Request request) {
        return request.subresource().isEmpty()
                && request.operation() != Admission.Operation.DELETE
                && request.kind().equals("Service");
    }

    /** A Service that no longer has node ports by its type gives up those that the request left as they were. */
    private static Map<String, Object> released(Admission.Request request) {
        Map<String, Object> now = request.object();
        boolean left = request.before()
                .filter(before ->
                        nodePorts(before) && Tree.list(before, "spec", "ports").equals(Tree.list(now, "spec", "ports")))
                .isPresent();
        if (!left || nodePorts(now)) {
            return now;
        }
        List<Map<String, Object>> ports = Tree.maps(now, "spec", "ports").stream()
                .map(port -> Trees.without(port, "nodePort"))
                .toList();
        return Trees.with(now, ports, "spec", "ports");
    }

    private static boolean nodePorts(Map<String, Object> service) {
        String type = Tree.text(service, "spec", "type").orElse("ClusterIP");
        return type.equals("NodePort") || type.equals("LoadBalancer");
    }

    private static Map<String, Object> allocated(Kernel kernel, Map<String, Object> service) {
        String type = Tree.text(service, "spec", "type").orElse("ClusterIP");
        Map<String, Object> given = Trees.with(service, type, "spec", "type");
        if (!type.equals("ExternalName")
                && Tree.text(given, "spec", "clusterIP").isEmpty()) {
            given = Trees.with(given, address(kernel), "spec", "clusterIP");
        }
        given = inFamily(kernel, given);
        refuseForeign(kernel, given);
        boolean wanted = !Tree.text(given, "spec", "allocateLoadBalancerNodePorts")
                .filter("false"::equals)
                .isPresent();
        return nodePorts(given) && wanted ? Trees.with(given, ports(kernel, given), "spec", "ports") : given;
    }

    /** A cluster of EKS has addresses of one family; a Service that asks for another one, or for both, is refused. */
    private static Map<String, Object> inFamily(Kernel kernel, Map<String, Object> service) {
        String own = ServiceRange.of(kernel).range().ipv4() ? "IPv4" : "IPv6";
        List<String> asked = Tree.texts(service, "spec", "ipFamilies");
        asked.stream().filter(family -> !family.equals(own)).findFirst().ifPresent(family -> {
            throw new ApiRefusal(
                    Reason.INVALID,
                    "spec.ipFamilies[0]: Invalid value: \"" + family + "\": not configured on this cluster");
        });
        if (Tree.text(service, "spec", "ipFamilyPolicy")
                .filter("RequireDualStack"::equals)
                .isPresent()) {
            throw new ApiRefusal(
                    Reason.INVALID,
                    "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services");
        }
        boolean said = own.equals("IPv4")
                || !asked.isEmpty()
                || Tree.text(service, "spec", "type")
                        .filter("ExternalName"::equals)
                        .isPresent();
        return said ? service : Trees.with(service, List.of(own), "spec", "ipFamilies");
    }

    private static List<Map<String, Object>> ports(Kernel kernel, Map<String, Object> service) {
        Set<Integer> taken = new HashSet<>();
        for (Map<String, Object> other : kernel.objects().list("Service")) {
            Tree.maps(other, "spec", "ports").forEach(p -> taken.add((int) Tree.number(p, 0, "nodePort")));
        }
        List<Map<String, Object>> ports = new ArrayList<>();
        for (Map<String, Object> port : Tree.maps(service, "spec", "ports")) {
            ports.add(Tree.number(port, 0, "nodePort") > 0 ? port : Trees.with(port, free(kernel, taken), "nodePort"));
        }
        return ports;
    }

    /** An address that is asked for has to be one of the cluster's own range, and free; so has a node port. */
    private static void refuseForeign(Kernel kernel, Map<String, Object> service) {
        String address = Tree.text(service, "spec", "clusterIP").orElse("None");
        Cidr range = ServiceRange.of(kernel).range();
        boolean foreign =
                !address.isEmpty() && !address.equals("None") && address.contains(".") && !range.contains(address);
        if (foreign) {
            throw new ApiRefusal(
                    Reason.INVALID,
                    "spec.clusterIPs: Invalid value: [\"" + address
                            + "\"]: failed to allocate IP " + address + ": the provided IP (" + address
                            + ") is not in the valid range. The range of valid IPs is " + range);
        }
        Set<Long> taken = new HashSet<>();
        kernel.objects().list("Service").stream()
                .filter(other -> !Pods.key(other).equals(Pods.key(service)))
                .forEach(other ->
                        Tree.maps(other, "spec", "ports").forEach(p -> taken.add(Tree.number(p, 0, "nodePort"))));
        for (Map<String, Object> port : Tree.maps(service, "spec", "ports")) {
            long wanted = Tree.number(port, 0, "nodePort");
            if (wanted > 0 && taken.contains(wanted)) {
                throw new ApiRefusal(
                        Reason.INVALID,
                        "spec.ports[0].nodePort: Invalid value: " + wanted + ": provided port is already allocated");
            }
        }
    }

    private static int free(Kernel kernel, Set<Integer> taken) {
        int port = FIRST_NODE_PORT + kernel.random("node-ports").nextInt(NODE_PORTS);
        while (!taken.add(port)) {
            port = port + 1 < FIRST_NODE_PORT + NODE_PORTS ? port + 1 : FIRST_NODE_PORT;
        }
        return port;
    }

    private static String address(Kernel kernel) {
        Cidr range = ServiceRange.of(kernel).range();
        Set<String> taken = new HashSet<>();
        kernel.objects()
                .list("Service")
                .forEach(s -> Tree.text(s, "spec", "clusterIP").ifPresent(taken::add));
        for (long offset = FIRST_ADDRESS; offset < range.size() - 1; offset++) {
            if (!taken.contains(range.address(offset))) {
                return range.address(offset);
            }
        }
        throw new ApiRefusal(Reason.INVALID, "the Service range " + range + " is full");
    }
}
