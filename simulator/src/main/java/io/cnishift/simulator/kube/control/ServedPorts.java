package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Slices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The slices that a Service has for the ports at which its pods serve, as long as its spec stays as it is. */
final class ServedPorts {

    private final Map<String, Object> service;
    private final Map<List<Map<String, Object>>, Slice> slices = new HashMap<>();
    private List<Object> lastContainers = List.of();
    private Slice last;

    ServedPorts(Map<String, Object> service) {
        this.service = service;
        last = none();
    }

    /** Where the slice for some ports stands. */
    record Slice(ObjectKey key, List<Map<String, Object>> ports) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Slice slice && slice.key.equals(key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** Whether they are those of a Service with that spec. */
    @SuppressWarnings("ReferenceEquality") // trees are never changed, only replaced
    boolean areOf(Map<String, Object> spec) {
        return Tree.map(service, "spec") == spec;
    }

    /** The slice that a pod belongs to. Pods of one template, which come one after the other, share their containers. */
    @SuppressWarnings("ReferenceEquality")
    Slice slice(Map<String, Object> pod) {
        List<Object> containers = Tree.list(pod, "spec", "containers");
        if (containers.isEmpty() || containers != lastContainers) {
            last = slice(Slices.ports(service, pod));
            lastContainers = containers;
        }
        return last;
    }

    /** The slice of a Service that selects nobody. */
    Slice none() {
        return slice(List.of());
    }

    private Slice slice(List<Map<String, Object>> ports) {
        return slices.computeIfAbsent(
                ports,
                p -> new Slice(
                        new ObjectKey("EndpointSlice", Pods.key(service).namespace(), Slices.name(service, p)), p));
    }
}
