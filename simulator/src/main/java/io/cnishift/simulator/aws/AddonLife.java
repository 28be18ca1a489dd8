package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a change of an add-on does to the cluster. aws-node gets version, policy switch and environment variables as the add-on
 * has them; a variable that the configuration names no more gets back what it was before. The add-on is ACTIVE again when its workload has
 * settled, DEGRADED when it has not after ten minutes.
 */
final class AddonLife {

    static final String MANAGER = "eks";
    static final String DENIED = "AdmissionRequestDenied: ";

    private static final Duration WORK = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<String> UNDERSTOOD = Set.of("env", AddonContent.POLICIES);
    private static final Map<String, String> CONTAINERS = Map.of("vpc-cni", "aws-node");

    /** What becomes of a value that another field manager set. */
    private enum Conflicts {
        PRESERVE,
        OVERWRITE
    }

    private final Kernel kernel;
    private final Cloud cloud;
    private final AddonSoftware software;
    private final HeldVariables held;
    private final Map<String, Optional<String>> beforeConfigured = new HashMap<>();

    AddonLife(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        cloud = Cloud.of(kernel);
        software = AddonSoftware.of(kernel);
        held = HeldVariables.of(kernel);
    }

    /** Takes up what an add-on was doing when the world was opened: its objects are as the snapshot has them. */
    void goOn(Addon addon) {
        switch (addon.status()) {
            case "CREATING", "UPDATING" ->
                kernel.clock()
                        .after(WORK, () -> look(addon.name(), kernel.clock().now()));
            case "DELETING" -> deleting(addon.name());
            default -> {}
        }
    }

    void creating(Addon addon) {
        if (software.objects(addon.name()).isEmpty()) {
            kernel.notModelled().note("software of add-on " + addon.name());
        }
        kernel.clock()
                .after(
                        WORK,
                        () -> writing(addon.name(), "CREATE_FAILED", () -> {
                            software.objects(addon.name()).forEach(o -> write(inFamily(addon, o)));
                            configure(addon.name(), Map.of(), addon.configuration(), Conflicts.OVERWRITE);
                            look(addon.name(), kernel.clock().now());
                        }));
    }

    private Map<String, Object> inFamily(Addon addon, Map<String, Object> object) {
        return AddonContent.of(addon, cloud.view().cluster(), object);
    }

    void updating(Addon old, Addon now) {
        kernel.clock()
                .after(
                        WORK,
                        () -> writing(now.name(), "UPDATE_FAILED", () -> {
                            // what somebody deleted comes back with an update
                            software.objects(now.name()).stream()
                                    .filter(o -> kernel.objects()
                                            .get(ObjectKey.of(o))
                                            .isEmpty())
                                    .forEach(this::write);
                            render(now);
                            configure(now.name(), old.configuration(), now.configuration(), Conflicts.PRESERVE);
                            look(now.name(), kernel.clock().now());
                        }));
    }

    /** A write that the API server refuses fails the change; what was written before it stays. */
    private void writing(String name, String failed, Runnable writes) {
        try {
            writes.run();
        } catch (ApiRefusal refused) {
            cloud.view().addon(name).ifPresent(addon -> cloud.put(in(addon, failed, List.of(denied(refused)))));
        }
    }

    /** The health issue of a write that the API server refused. */
    static String denied(ApiRefusal refused) {
        return DENIED + refused.getMessage();
    }

    /** What stands in its objects for version and policy switch; what users changed beside it stays. */
    private void render(Addon addon) {
        if (!CONTAINERS.containsKey(addon.name())) {
            return;
        }
        software.replace(addon.name(), o -> AddonContent.of(addon, o));
        for (Map<String, Object> object : software.objects(addon.name())) {
            ObjectKey key = ObjectKey.of(object);
            kernel.objects()
                    .get(key)
                    .filter(o -> !AddonContent.of(addon, o).equals(o))
                    .ifPresent(o -> kernel.objects()
                            .update(
                                    key.kind(),
                                    key.namespace(),
                                    key.name(),
                                    MANAGER,
                                    now -> AddonContent.of(addon, now)));
        }
    }

    void deleting(String name) {
        kernel.clock()
                .after(
                        WORK,
                        () -> writing(name, "DELETE_FAILED", () -> {
                            for (Map<String, Object> object : software.objects(name)) {
                                ObjectKey key = ObjectKey.of(object);
                                if (kernel.objects().get(key).isPresent()) {
                                    kernel.objects().delete(key.kind(), key.namespace(), key.name(), Optional.empty());
                                }
                            }
                            kernel.clock().after(LOOK, () -> cloud.remove(Part.ADDONS, name));
                        }));
    }

    static Addon in(Addon addon, String status, List<String> issues) {
        return new Addon(
                addon.name(),
                addon.version(),
                status,
                addon.configuration(),
                addon.serviceAccountRole(),
                addon.podIdentity(),
                issues,
                addon.tags());
    }

    private void write(Map<String, Object> object) {
        ObjectKey key = ObjectKey.of(object);
        if (kernel.objects().get(key).isEmpty()) {
            kernel.objects().create(object, MANAGER);
        } else if (object.containsKey("spec")) {
            kernel.objects()
                    .update(
                            key.kind(),
                            key.namespace(),
                            key.name(),
                            MANAGER,
                            o -> Trees.with(o, Objects.requireNonNull(object.get("spec")), "spec"));
        }
    }

    private void configure(String addon, Map<String, Object> old, Map<String, Object> now, Conflicts conflicts) {
        now.keySet().stream()
                .filter(k -> !(UNDERSTOOD.contains(k) && CONTAINERS.containsKey(addon)))
                .filter(k -> !Objects.equals(old.get(k), now.get(k)))
                .forEach(k -> kernel.notModelled().note("configuration '" + k + "' of add-on " + addon));
        String container = CONTAINERS.getOrDefault(addon, "");
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        Map<String, String> wanted = Tree.strings(now, "env");
        Tree.strings(old, "env").keySet().stream()
                .filter(k -> !wanted.containsKey(k))
                .forEach(k -> changes.put(k, beforeConfigured.getOrDefault(k, Optional.empty())));
        wanted.forEach((k, v) -> changes.put(k, Optional.of(v)));
        Optional<ObjectKey> workload =
                software.workload(addon).filter(k -> kernel.objects().get(k).isPresent());
        if (workload.isEmpty() || changes.isEmpty()) {
            return;
        }
        kernel.objects()
                .update("DaemonSet", workload.get().namespace(), workload.get().name(), MANAGER, ds -> {
                    if (conflicts == Conflicts.PRESERVE) {
                        held.leaveOut(ds, container, changes);
                    }
                    Map<String, Object> spec = Tree.map(ds, "spec", "template", "spec");
                    Map<String, String> env = ContainerEnv.of(spec, container);
                    wanted.keySet().forEach(k -> beforeConfigured.putIfAbsent(k, Optional.ofNullable(env.get(k))));
                    return Trees.with(ds, ContainerEnv.with(spec, container, changes), "spec", "template", "spec");
                });
    }

    private void look(String name, Instant since) {
        cloud.view().addon(name).filter(a -> !a.status().equals("DELETING")).ifPresent(addon -> {
            boolean settled = software.workload(name)
                    .flatMap(kernel.objects()::get)
                    .map(AddonLife::settled)
                    .orElse(true);
            if (settled) {
                cloud.put(in(addon, "ACTIVE", List.of()));
            } else if (kernel.clock().now().isAfter(since.plus(PATIENCE))) {
                cloud.put(in(
                        addon,
                        "DEGRADED",
                        List.of("InsufficientNumberOfReplicas: the workload of " + name + " has not settled")));
            } else {
                kernel.clock().after(LOOK, () -> look(name, since));
            }
        });
    }

    private static boolean settled(Map<String, Object> workload) {
        boolean daemon = "DaemonSet".equals(workload.get("kind"));
        long wanted = daemon
                ? Tree.number(workload, 0, "status", "desiredNumberScheduled")
                : Tree.number(workload, 1, "spec", "replicas");
        long updated = Tree.number(workload, 0, "status", daemon ? "updatedNumberScheduled" : "updatedReplicas");
        long available = Tree.number(workload, 0, "status", daemon ? "numberAvailable" : "availableReplicas");
        long generation = Tree.number(workload, 0, "metadata", "generation");
        return Tree.number(workload, 0, "status", "observedGeneration") >= generation
                && updated >= wanted
                && available >= wanted;
    }
}
