package io.cnishift.it.node;

import io.cnishift.api.capacity.Cidr;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the CNIs left on each node, and which address each pod got from which of them. A configuration outlives the DaemonSet that
 * wrote it, and of two the one of Cilium comes first by name.
 */
final class Networks {

    /** Who wires a pod. */
    enum Cni {
        CILIUM,
        VPC
    }

    /** A pod's place in the network. */
    record Wiring(Cni cni, String node, String address) {}

    private final Map<String, Set<Cni>> configurations = new HashMap<>();
    private final Map<String, Wiring> wirings = new HashMap<>();
    private final Map<String, Cidr> ranges = new HashMap<>();
    private final Map<String, String> spare = new HashMap<>();

    /** Forgets nodes and pods that are gone. */
    void keep(Scene scene) {
        configurations.keySet().retainAll(scene.nodes().keySet());
        ranges.keySet().retainAll(scene.nodes().keySet());
        Set<String> pods =
                scene.pods().stream().map(p -> p.getMetadata().getUid()).collect(Collectors.toSet());
        wirings.keySet().retainAll(pods);
    }

    /** The nodes on which a container runtime finds a configuration. */
    Set<String> wired() {
        return configurations.keySet();
    }

    /** aws-node wrote its configuration, unless Cilium keeps others away. */
    void awsNode(String node) {
        configurations.computeIfAbsent(node, n -> new TreeSet<>(Set.of(Cni.VPC)));
    }

    /** The agent wrote its configuration. */
    void agent(String node, boolean exclusive) {
        Set<Cni> there = configurations.computeIfAbsent(node, n -> new TreeSet<>());
        there.add(Cni.CILIUM);
        if (exclusive) {
            there.remove(Cni.VPC);
        }
    }

    /** The range from which an agent gives addresses. */
    void range(String node, Cidr range) {
        ranges.put(node, range);
    }

    Optional<Cidr> range(String node) {
        return Optional.ofNullable(ranges.get(node));
    }

    Optional<Cni> cni(String node) {
        return Optional.ofNullable(configurations.get(node))
                .flatMap(c -> c.stream().findFirst());
    }

    Optional<Wiring> wiring(Pod pod) {
        return Optional.ofNullable(wirings.get(pod.getMetadata().getUid()));
    }

    /** Wires a pod by what is in force on its node; empty while that has no address for it. */
    Optional<Wiring> wire(Pod pod, Machines machines, Map<String, String> instances) {
        String node = pod.getSpec().getNodeName();
        Optional<Wiring> made = wiring(pod)
                .or(() -> cni(node)
                        .flatMap(cni -> address(cni, node, machines, instances)
                                .map(address -> new Wiring(cni, node, address))));
        made.ifPresent(w -> wirings.put(pod.getMetadata().getUid(), w));
        return made;
    }

    private Optional<String> address(Cni cni, String node, Machines machines, Map<String, String> instances) {
        Set<String> taken = wirings.values().stream()
                .filter(w -> w.node().equals(node))
                .map(Wiring::address)
                .collect(Collectors.toCollection(HashSet::new));
        return cni == Cni.VPC ? secondary(node, taken, machines, instances) : ofRange(node, taken);
    }

    /** An address that a pod gave back, else one more. */
    private Optional<String> secondary(
            String node, Set<String> taken, Machines machines, Map<String, String> instances) {
        Optional<String> free = spare.entrySet().stream()
                .filter(e -> e.getValue().equals(node) && !taken.contains(e.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
        return free.or(() -> Optional.ofNullable(instances.get(node)).map(id -> {
            String address = machines.secondaryAddress(id);
            spare.put(address, node);
            return address;
        }));
    }

    /** The first two addresses of a range are the router's. */
    private Optional<String> ofRange(String node, Set<String> taken) {
        Cidr range = ranges.get(node);
        for (long n = 2; range != null && n < range.size() - 1; n++) {
            if (!taken.contains(range.address(n))) {
                return Optional.of(range.address(n));
            }
        }
        return Optional.empty();
    }
}
