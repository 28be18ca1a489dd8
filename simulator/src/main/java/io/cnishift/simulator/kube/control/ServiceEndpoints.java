package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Slices;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The pods that one Service selects, as endpoints: a look reads those that have changed, and all when the Service has. */
final class ServiceEndpoints {

    private final Map<ObjectKey, Optional<Endpoint>> pods = new TreeMap<>();
    private final Set<ObjectKey> changed = new HashSet<>();
    private Optional<ServedPorts> ports = Optional.empty();

    /** A pod that can be called, and in which slice it is. */
    private record Endpoint(ServedPorts.Slice slice, String uid, Map<String, Object> tree) {}

    /** The Service selects the pod, which may have changed. */
    void has(ObjectKey pod) {
        pods.putIfAbsent(pod, Optional.empty());
        changed.add(pod);
    }

    void loses(ObjectKey pod) {
        pods.remove(pod);
        changed.remove(pod);
    }

    /** The endpoints by slice and, in the order of the pods' names, by the UID of the pod; with no endpoint one empty slice. */
    Map<ServedPorts.Slice, Map<String, Map<String, Object>>> of(Map<String, Object> service, ObjectStore store) {
        ServedPorts served = read(service, store);
        Map<ServedPorts.Slice, Map<String, Map<String, Object>>> slices = new LinkedHashMap<>();
        for (Optional<Endpoint> each : pods.values()) {
            if (each.isPresent()) {
                Endpoint endpoint = each.get();
                slices.computeIfAbsent(endpoint.slice(), s -> new LinkedHashMap<>())
                        .put(endpoint.uid(), endpoint.tree());
            }
        }
        if (slices.isEmpty()) {
            slices.put(served.none(), Map.of());
        }
        return slices;
    }

    private ServedPorts read(Map<String, Object> service, ObjectStore store) {
        Map<String, Object> spec = Tree.map(service, "spec");
        if (ports.isEmpty() || !ports.get().areOf(spec)) {
            ports = Optional.of(new ServedPorts(service));
            changed.addAll(pods.keySet());
        }
        ServedPorts served = ports.get();
        boolean all = Tree.flag(spec, "publishNotReadyAddresses");
        for (ObjectKey key : changed) {
            Optional<Map<String, Object>> tree = store.get(key);
            boolean serves = tree.isPresent() && Pods.address(tree.get()).isPresent() && !Pods.finished(tree.get());
            pods.put(key, serves ? Optional.of(endpoint(served, tree.orElseThrow(), all)) : Optional.empty());
        }
        changed.clear();
        return served;
    }

    private static Endpoint endpoint(ServedPorts served, Map<String, Object> pod, boolean all) {
        return new Endpoint(served.slice(pod), Pods.uid(pod), Slices.endpoint(pod, all));
    }
}
