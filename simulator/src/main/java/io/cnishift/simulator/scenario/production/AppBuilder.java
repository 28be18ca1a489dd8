package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down an {@link App} as one would describe it: what it is, where it runs, and what is special about it. */
final class AppBuilder {

    private final String kind;
    private final String namespace;
    private final String name;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private final Map<String, Object> spec = new LinkedHashMap<>();
    private final List<Object> ports = new ArrayList<>();
    private final List<Object> tolerations = new ArrayList<>();
    private final Map<String, Object> requests = new LinkedHashMap<>(Trees.of("cpu", "100m", "memory", "128Mi"));
    private final Map<String, Object> more = new LinkedHashMap<>();
    private String image;
    private String pool = "";
    private int replicas;
    private int port;
    private boolean claim;
    private boolean branch;
    private Owner owner = Owner.NONE;

    private AppBuilder(String kind, String namespace, String name) {
        this.kind = kind;
        this.namespace = namespace;
        this.name = name;
        image = "registry.example.com/" + namespace + "/" + name + ":1";
        labels.put("app.kubernetes.io/name", name);
    }

    /** On every node, unless {@link #on} says on which. */
    static AppBuilder daemonSet(String namespace, String name) {
        AppBuilder daemon = new AppBuilder("DaemonSet", namespace, name);
        daemon.tolerations.add(Map.of("operator", "Exists"));
        daemon.spec.put("priorityClassName", "system-node-critical");
        daemon.requests.put("cpu", "50m");
        daemon.requests.put("memory", "64Mi");
        return daemon;
    }

    static AppBuilder deployment(String namespace, String name, int replicas) {
        AppBuilder deployment = new AppBuilder("Deployment", namespace, name);
        deployment.replicas = replicas;
        return deployment;
    }

    /** Its pods have an EBS volume each when {@link #volumes} says so. */
    static AppBuilder statefulSet(String namespace, String name, int replicas) {
        AppBuilder set = new AppBuilder("StatefulSet", namespace, name);
        set.replicas = replicas;
        return set;
    }

    /** So many pods at a time; they run that long. */
    static AppBuilder job(String namespace, String name, int pods, long seconds) {
        AppBuilder job = new AppBuilder("Job", namespace, name);
        job.replicas = pods;
        job.spec.put("restartPolicy", "Never");
        job.annotations.put("cnishift.io/run-seconds", String.valueOf(seconds));
        return job;
    }

    AppBuilder on(String label) {
        pool = label;
        spec.put("nodeSelector", Map.of(Pool.LABEL, label));
        switch (label) {
            case "spot" ->
                tolerations.add(Trees.of("key", Pool.SPOT.key(), "operator", "Exists", "effect", "NoSchedule"));
            case "gpu" ->
                tolerations.add(Trees.of("key", Pool.GPU.key(), "operator", "Exists", "effect", "NoSchedule"));
            default -> {
                // no other group is tainted
            }
        }
        return this;
    }

    AppBuilder owner(Owner.Kind who, String application) {
        owner = new Owner(who, application);
        return this;
    }

    AppBuilder owner(Owner who) {
        owner = who;
        return this;
    }

    AppBuilder image(String reference) {
        image = reference;
        return this;
    }

    AppBuilder label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /** In place of the labels until now. */
    AppBuilder labelled(String key, String value) {
        labels.clear();
        return label(key, value);
    }

    AppBuilder annotated(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    AppBuilder requests(String cpu, String memory) {
        requests.put("cpu", cpu);
        requests.put("memory", memory);
        return this;
    }

    /** What it serves; with a readiness probe. */
    AppBuilder serving(int number) {
        port = number;
        ports.add(Trees.of("name", "serve", "containerPort", number, "protocol", "TCP"));
        more.put("readinessProbe", Trees.of("initialDelaySeconds", 3, "periodSeconds", 10));
        return this;
    }

    /** A port that it takes besides. */
    AppBuilder port(int number, String protocol) {
        ports.add(Trees.of("containerPort", number, "protocol", protocol));
        return this;
    }

    AppBuilder onHostNetwork() {
        spec.put("hostNetwork", true);
        return this;
    }

    AppBuilder volumes() {
        claim = true;
        return this;
    }

    AppBuilder emptyDir() {
        spec.put("volumes", List.of(Trees.of("name", "scratch", "emptyDir", Map.of())));
        return this;
    }

    /** With a branch interface, because a SecurityGroupPolicy selects that label. */
    AppBuilder securityGroups(String key, String value) {
        branch = true;
        return label(key, value);
    }

    AppBuilder environment(Map<String, String> values) {
        List<Object> env = new ArrayList<>();
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> env.add(Trees.of("name", e.getKey(), "value", e.getValue())));
        more.put("env", env);
        return this;
    }

    /** A field of the pod's spec. */
    AppBuilder with(String field, Object value) {
        spec.put(field, value);
        return this;
    }

    AppBuilder args(String... arguments) {
        return container("args", List.of(arguments));
    }

    /** A field of the container. */
    AppBuilder container(String field, Object value) {
        more.put(field, value);
        return this;
    }

    /** No two of its pods on one node. */
    AppBuilder apart() {
        Map<String, Object> term = Trees.of(
                "labelSelector", Map.of("matchLabels", Tree.copy(labels)), "topologyKey", "kubernetes.io/hostname");
        return with(
                "affinity",
                Map.of("podAntiAffinity", Map.of("requiredDuringSchedulingIgnoredDuringExecution", List.of(term))));
    }

    App build() {
        Map<String, Object> container = new LinkedHashMap<>(more);
        container.put("name", name);
        container.put("image", image);
        container.put("resources", Map.of("requests", Tree.copy(requests)));
        if (!ports.isEmpty()) {
            container.put("ports", List.copyOf(ports));
        }
        Map<String, Object> whole = new LinkedHashMap<>(spec);
        whole.putIfAbsent("serviceAccountName", name);
        whole.putIfAbsent("terminationGracePeriodSeconds", 30);
        if (!tolerations.isEmpty()) {
            whole.put("tolerations", List.copyOf(tolerations));
        }
        whole.put("containers", List.of(container));
        return new App(kind, namespace, name, replicas, pool, port, owner, labels, annotations, whole, claim, branch);
    }
}
