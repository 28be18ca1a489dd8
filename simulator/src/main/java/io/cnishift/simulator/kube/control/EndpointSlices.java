package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Selections;
import io.cnishift.simulator.kube.Slices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The slices of every Service that selects pods follow those pods, a moment late. */
final class EndpointSlices implements Behaviour {
    /** From a pod's change to the slice: watch, queue and the batching of updates. */
    private static final Duration LAG = Duration.ofSeconds(1);
    /** What makes a pod another endpoint, or one of other Services. */
    private static final Set<PodTurn> AS_ENDPOINT = EnumSet.of(
            PodTurn.CAME,
            PodTurn.WENT,
            PodTurn.BOUND,
            PodTurn.ADDRESSED,
            PodTurn.READY,
            PodTurn.PHASE,
            PodTurn.TERMINATING,
            PodTurn.LABELS);

    private final Map<ObjectKey, ServiceEndpoints> services = new HashMap<>();

    @Override
    public String id() {
        return "endpoint-slices";
    }

    @Override
    public String source() {
        return "pkg/controller/endpointslice; Kubernetes documentation, EndpointSlices";
    }

    @Override
    public void install(Kernel kernel) {
        ObjectStore store = kernel.objects();
        Selections selections = new Selections(store, "Service", EndpointSlices::selector, new Selections.Account() {
            @Override
            public void has(ObjectKey service, Map<String, Object> pod) {
                of(service).has(Pods.key(pod));
            }

            @Override
            public void loses(ObjectKey service, ObjectKey pod) {
                of(service).loses(pod);
            }
        });
        ObjectIndex slices = store.index(
                "EndpointSlice", s -> KubeProjection.serviceOf(s).map(List::of).orElse(List.of()));
        WorkQueue queue = new WorkQueue(
                kernel.clock(),
                LAG,
                key -> store.get(key).ifPresent(s -> look(store, s, List.copyOf(slices.of(key.nameInKind())))));
        store.list("Service").forEach(s -> queue.add(Pods.key(s)));
        store.listen("Service", (before, after) -> {
            if (after.isPresent()) {
                queue.add(Pods.key(after.get()));
            } else {
                before.map(Pods::key).ifPresent(services::remove);
            }
        });
        selections.follow(AS_ENDPOINT, (before, after, by) -> {
            if (!by.isEmpty() && matters(before, after)) {
                for (ObjectKey service : by) {
                    queue.add(service);
                }
            }
        });
    }

    private ServiceEndpoints of(ObjectKey service) {
        return services.computeIfAbsent(service, s -> new ServiceEndpoints());
    }

    private static boolean matters(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return before.or(() -> after).flatMap(Pods::address).isPresent();
        }
        return !Slices.sameEndpoint(before.get(), after.get())
                || !Pods.labels(before.get()).equals(Pods.labels(after.get()))
                || Pods.finished(before.get()) != Pods.finished(after.get());
    }

    /** What a Service asks of pods; one without a selector selects nobody. */
    private static Optional<Map<String, Object>> selector(Map<String, Object> service) {
        Map<String, Object> spec = Tree.map(service, "spec");
        return Tree.known(spec, Asked.class, Asked::of).selector();
    }

    /** A label selector, read once for each version of a Service's spec. */
    private record Asked(Optional<Map<String, Object>> selector) {
        private static Asked of(Map<String, Object> spec) {
            Map<String, Object> labels = Tree.map(spec, "selector");
            return new Asked(labels.isEmpty() ? Optional.empty() : Optional.of(Trees.of("matchLabels", labels)));
        }
    }

    private void look(ObjectStore store, Map<String, Object> service, List<Map<String, Object>> there) {
        if (selector(service).isEmpty()
                || Tree.text(service, "spec", "type")
                        .filter("ExternalName"::equals)
                        .isPresent()) {
            return;
        }
        Map<ServedPorts.Slice, Map<String, Map<String, Object>>> wanted =
                of(Pods.key(service)).of(service, store);
        wanted.forEach((slice, endpoints) -> write(store, service, slice, endpoints));
        for (Map<String, Object> slice : there) {
            ObjectKey key = Pods.key(slice);
            if (!wanted.containsKey(new ServedPorts.Slice(key, List.of()))) {
                store.remove("EndpointSlice", key.namespace(), key.name());
            }
        }
    }

    private static void write(
            ObjectStore store,
            Map<String, Object> service,
            ServedPorts.Slice slice,
            Map<String, Map<String, Object>> endpoints) {
        ObjectKey key = slice.key();
        Optional<Map<String, Object>> there = store.get(key);
        List<Map<String, Object>> old = Tree.maps(there.orElse(Map.of()), "endpoints");
        List<Map<String, Object>> ordered = ordered(old, endpoints);
        if (there.isEmpty()) {
            Map<String, Object> unstamped =
                    Trees.without(Slices.slice(service, slice.ports(), List.of()), "metadata", "creationTimestamp");
            store.create(Trees.with(unstamped, ordered, "endpoints"), Controller.MANAGER);
        } else if (!ordered.equals(old)) {
            store.update(
                    key.kind(),
                    key.namespace(),
                    key.name(),
                    Controller.MANAGER,
                    s -> Trees.with(s, ordered, "endpoints"));
        }
    }

    /** The pod that an endpoint is, read once. */
    private record Of(String uid) {
        private static Of pod(Map<String, Object> endpoint) {
            return new Of(Tree.text(endpoint, "targetRef", "uid").orElse(""));
        }
    }

    /** Endpoints that stay keep their place, new ones come last. */
    private static List<Map<String, Object>> ordered(
            List<Map<String, Object>> old, Map<String, Map<String, Object>> endpoints) {
        Map<String, Map<String, Object>> left = new LinkedHashMap<>(endpoints);
        List<Map<String, Object>> ordered = new ArrayList<>(endpoints.size());
        for (Map<String, Object> endpoint : old) {
            Map<String, Object> now =
                    left.remove(Tree.known(endpoint, Of.class, Of::pod).uid());
            if (now != null) {
                ordered.add(now);
            }
        }
        ordered.addAll(left.values());
        return ordered;
    }
}
