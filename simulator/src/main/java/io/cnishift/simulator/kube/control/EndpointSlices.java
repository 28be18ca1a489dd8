package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.SelectorIndex;
import io.cnishift.simulator.kube.Slices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        SelectorIndex services = new SelectorIndex(store, "Service", EndpointSlices::selector);
        ObjectIndex slices = store.index(
                "EndpointSlice", s -> KubeProjection.serviceOf(s).map(List::of).orElse(List.of()));
        WorkQueue queue = new WorkQueue(
                kernel.clock(),
                LAG,
                key -> store.get(key).ifPresent(s -> look(kernel, s, List.copyOf(slices.of(key.nameInKind())))));
        store.list("Service").forEach(s -> queue.add(Pods.key(s)));
        store.listen("Service", (before, after) -> after.ifPresent(s -> queue.add(Pods.key(s))));
        PodTurn.listen(store, AS_ENDPOINT, (before, after) -> {
            if (matters(before, after)) {
                before.ifPresent(p -> services.selecting(p).forEach(s -> queue.add(Pods.key(s))));
                after.ifPresent(p -> services.selecting(p).forEach(s -> queue.add(Pods.key(s))));
            }
        });
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
        Map<String, Object> labels = Tree.map(service, "spec", "selector");
        return labels.isEmpty() ? Optional.empty() : Optional.of(Map.of("matchLabels", labels));
    }

    private static void look(Kernel kernel, Map<String, Object> service, List<Map<String, Object>> slices) {
        Map<String, Object> selector = Tree.map(service, "spec", "selector");
        if (selector.isEmpty()
                || Tree.text(service, "spec", "type")
                        .filter("ExternalName"::equals)
                        .isPresent()) {
            return;
        }
        boolean all = Tree.flag(service, "spec", "publishNotReadyAddresses");
        Map<List<Map<String, Object>>, String> names = new HashMap<>();
        Map<String, Map<String, Object>> wanted = new LinkedHashMap<>();
        Map<String, Map<String, Map<String, Object>>> endpoints = new LinkedHashMap<>();
        for (Map<String, Object> pod :
                PodIndexes.of(kernel).selected(Pods.key(service).namespace(), Trees.of("matchLabels", selector))) {
            if (Pods.address(pod).isPresent() && !Pods.finished(pod)) {
                List<Map<String, Object>> ports = Slices.ports(service, pod);
                String name = names.computeIfAbsent(ports, p -> Slices.name(service, p));
                if (!wanted.containsKey(name)) {
                    wanted.put(name, Slices.slice(service, ports, List.of()));
                }
                endpoints
                        .computeIfAbsent(name, n -> new LinkedHashMap<>())
                        .put(Pods.uid(pod), Slices.endpoint(pod, all));
            }
        }
        if (wanted.isEmpty()) {
            // a Service that selects nobody has an empty slice
            wanted.put(Slices.name(service, List.of()), Slices.slice(service, List.of(), List.of()));
        }
        ObjectStore store = kernel.objects();
        wanted.forEach((name, slice) -> write(store, slice, endpoints.getOrDefault(name, Map.of())));
        slices.stream()
                .filter(s -> !wanted.containsKey(Pods.key(s).name()))
                .forEach(s -> store.remove(
                        "EndpointSlice", Pods.key(s).namespace(), Pods.key(s).name()));
    }

    private static void write(
            ObjectStore store, Map<String, Object> slice, Map<String, Map<String, Object>> endpoints) {
        ObjectKey key = Pods.key(slice);
        Optional<Map<String, Object>> there = store.get(key);
        List<Map<String, Object>> ordered = ordered(there, endpoints);
        if (there.isEmpty()) {
            Map<String, Object> unstamped = Trees.without(slice, "metadata", "creationTimestamp");
            store.create(Trees.with(unstamped, ordered, "endpoints"), Controller.MANAGER);
        } else {
            store.update(
                    key.kind(),
                    key.namespace(),
                    key.name(),
                    Controller.MANAGER,
                    s -> Trees.with(s, ordered, "endpoints"));
        }
    }

    /** Endpoints that stay keep their place, new ones come last. */
    private static List<Map<String, Object>> ordered(
            Optional<Map<String, Object>> slice, Map<String, Map<String, Object>> endpoints) {
        Map<String, Map<String, Object>> left = new LinkedHashMap<>(endpoints);
        List<Map<String, Object>> ordered = new ArrayList<>();
        for (Map<String, Object> old : Tree.maps(slice.orElse(Map.of()), "endpoints")) {
            Map<String, Object> now =
                    left.remove(Tree.text(old, "targetRef", "uid").orElse(""));
            if (now != null) {
                ordered.add(now);
            }
        }
        left.values().forEach(e -> ordered.add(Objects.requireNonNull(e)));
        return ordered;
    }
}
