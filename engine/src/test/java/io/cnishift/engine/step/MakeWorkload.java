package io.cnishift.engine.step;

import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workload with ordinary values: settled, with a rolling update. */
final class MakeWorkload {

    private final String kind;
    private final String namespace;
    private final String name;
    private final Map<String, String> annotations = new HashMap<>();
    private int desired;
    private int updated;
    private int available;
    private long generation = 1;
    private String strategy = "RollingUpdate";
    private Optional<String> surge = Optional.empty();
    private Optional<String> unavailable = Optional.empty();
    private boolean paused;
    private Map<String, Object> spec = Map.of();
    private List<String> held = List.of();
    private List<String> eks = List.of();

    MakeWorkload(String kind, String namespace, String name, int replicas) {
        this.kind = kind;
        this.namespace = namespace;
        this.name = name;
        desired = replicas;
        updated = replicas;
        available = replicas;
    }

    static MakeWorkload like(Workload workload) {
        MakeWorkload copy =
                new MakeWorkload(workload.kind(), workload.namespace(), workload.name(), workload.desired());
        copy.annotations.putAll(workload.templateAnnotations());
        copy.updated = workload.updated();
        copy.available = workload.available();
        copy.strategy = workload.updateStrategy();
        copy.surge = workload.maxSurge();
        copy.unavailable = workload.maxUnavailable();
        copy.paused = workload.paused();
        copy.spec = workload.podSpec();
        return copy;
    }

    MakeWorkload desired(int value) {
        desired = value;
        return this;
    }

    MakeWorkload rolling(int nowUpdated, int nowAvailable) {
        updated = nowUpdated;
        available = nowAvailable;
        return this;
    }

    MakeWorkload unseen() {
        generation = 2;
        return this;
    }

    MakeWorkload annotation(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    MakeWorkload withoutAnnotation(String key) {
        annotations.remove(key);
        return this;
    }

    MakeWorkload strategy(String type, String maxSurge, String maxUnavailable) {
        strategy = type;
        surge = maxSurge.isEmpty() ? Optional.empty() : Optional.of(maxSurge);
        unavailable = maxUnavailable.isEmpty() ? Optional.empty() : Optional.of(maxUnavailable);
        return this;
    }

    MakeWorkload paused() {
        paused = true;
        return this;
    }

    MakeWorkload spec(Map<String, Object> podSpec) {
        spec = podSpec;
        return this;
    }

    /** Paths in its pod spec that another than EKS set. */
    MakeWorkload held(String... paths) {
        held = List.of(paths);
        return this;
    }

    /** Paths that EKS set. */
    MakeWorkload ofEks(String... paths) {
        eks = List.of(paths);
        return this;
    }

    Workload build() {
        return new Workload(
                kind,
                namespace,
                name,
                "uid-" + name,
                "1",
                generation,
                1,
                desired,
                available,
                updated,
                available,
                strategy,
                surge,
                unavailable,
                paused,
                Map.of(),
                Map.of(),
                Map.of(),
                annotations,
                spec,
                List.of(),
                false,
                eks,
                held,
                Owner.NONE);
    }
}
