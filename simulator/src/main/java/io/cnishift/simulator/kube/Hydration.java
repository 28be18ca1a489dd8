package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fills the store with what a snapshot says: the inverse of the projections, so that reading all parts right afterwards
 * gives the snapshot's Kubernetes part again. What records do not hold (ReplicaSets, revisions, claims) is made to fit.
 */
public final class Hydration {
    private static final Duration AGE = Duration.ofDays(1);

    private final ClusterSnapshot snapshot;
    private final ObjectStore store;
    private final Instant created;
    private final Map<String, Workload> workloads = new HashMap<>();
    private long highest = 1;

    private Hydration(Kernel kernel) {
        snapshot = kernel.snapshot();
        store = kernel.objects();
        created = snapshot.takenAt().minus(AGE);
    }

    /** Fills the empty store of a kernel from its snapshot. */
    public static void fill(Kernel kernel) {
        Hydration hydration = new Hydration(kernel);
        hydration.scaffold();
        hydration.workloads();
        hydration.pods();
        hydration.services();
        hydration.rest();
        kernel.objects().startAt(hydration.highest);
    }

    private void scaffold() {
        snapshot.namespaces().forEach(n -> put(NodeTrees.namespace(n, created)));
        snapshot.nodes().forEach(n -> put(NodeTrees.node(n)));
        snapshot.volumes().forEach(this::volume);
        snapshot.budgets().forEach(b -> put(WorkloadTrees.budget(b, created)));
    }

    private void volume(Volume volume) {
        VolumeTrees.trees(volume, created).forEach(this::put);
        Optional<String> claim = volume.claim()
                .flatMap(c -> store.get(
                        "PersistentVolumeClaim", c.substring(0, c.indexOf('/')), c.substring(c.indexOf('/') + 1)))
                .map(Pods::uid);
        claim.ifPresent(uid -> put(Trees.with(
                store.get("PersistentVolume", "", volume.name()).orElseThrow(), uid, "spec", "claimRef", "uid")));
    }

    private void workloads() {
        for (Workload workload : snapshot.workloads()) {
            workloads.put(workload.key(), workload);
            put(WorkloadTrees.workload(workload, created));
        }
        Map<String, List<Pod>> byWorkload = new HashMap<>();
        for (Pod pod : snapshot.pods()) {
            pod.workload()
                    .ifPresent(w -> byWorkload
                            .computeIfAbsent(w, k -> new ArrayList<>())
                            .add(pod));
        }
        Revisions revisions = new Revisions(created);
        for (Workload workload : snapshot.workloads()) {
            List<Pod> pods = byWorkload.getOrDefault(workload.key(), List.of());
            revisions.of(workload, pods).forEach(this::put);
        }
    }

    private void pods() {
        Set<String> branches = snapshot.networkInterfaces().stream()
                .filter(i -> i.type().equals("branch"))
                .flatMap(i -> i.addresses().stream())
                .collect(Collectors.toSet());
        for (Pod pod : snapshot.pods()) {
            Optional<Map<String, Object>> template = pod.workload()
                    .flatMap(w -> Optional.ofNullable(workloads.get(w)))
                    .map(WorkloadTrees::template);
            Map<String, Object> tree = PodTrees.pod(pod, template);
            put(pod.address().filter(branches::contains).isPresent() ? PodEni.asking(tree) : tree);
        }
    }

    private void services() {
        Map<String, Map<String, Object>> trees = new HashMap<>();
        for (Service service : snapshot.services()) {
            Map<String, Object> tree = ServiceTrees.service(service, created);
            trees.put(service.key(), tree);
            put(tree);
        }
        for (Endpoints endpoints : snapshot.endpoints()) {
            Map<String, Object> service = trees.getOrDefault(
                    endpoints.key(),
                    Trees.of(
                            "kind",
                            "Service",
                            "metadata",
                            Trees.of("namespace", endpoints.namespace(), "name", endpoints.service())));
            ServiceTrees.slices(service, endpoints, name -> store.get("Pod", endpoints.namespace(), name))
                    .forEach(this::put);
        }
        snapshot.ingresses().forEach(i -> put(ServiceTrees.ingress(i, created)));
        snapshot.targetGroupBindings()
                .forEach(b -> put(ServiceTrees.targetGroupBinding(b, snapshot.targetGroups(), created)));
    }

    private void rest() {
        CallTrees.trees(snapshot.controlPlaneCalls(), created).forEach(this::put);
        PolicyTrees.trees(snapshot.admissionPolicies(), created).forEach(this::put);
        snapshot.networkPolicies().forEach(p -> put(NetworkTrees.networkPolicy(p, created)));
        snapshot.securityGroupPolicies().forEach(p -> put(NetworkTrees.securityGroupPolicy(p, created)));
        snapshot.eniConfigs().forEach(c -> put(NetworkTrees.eniConfig(c, created)));
        snapshot.nodePools().forEach(p -> put(NodePoolTrees.pool(p, created)));
        snapshot.nodeClasses().forEach(c -> put(NodePoolTrees.nodeClass(c, created)));
        snapshot.ciliumNodes().forEach(n -> put(NetworkTrees.ciliumNode(n, created)));
        snapshot.ciliumEndpoints().forEach(e -> put(NetworkTrees.ciliumEndpoint(e, created)));
        snapshot.ciliumNodeConfigs().forEach(c -> put(NetworkTrees.ciliumNodeConfig(c, created)));
        snapshot.configMaps().forEach(m -> put(NetworkTrees.configMap(m, created)));
        snapshot.applications().forEach(a -> put(ApplicationTrees.application(a, created)));
        snapshot.objects().stream()
                .filter(o -> !o.controlled()
                        && store.get(o.objectKind(), o.namespace(), o.name()).isEmpty())
                .map(o -> Definitions.filled(MetaTrees.named(o, created), snapshot.objects()))
                .forEach(this::put);
    }

    private void put(Map<String, Object> tree) {
        Map<String, Object> whole = tree;
        if (Tree.text(tree, "metadata", "uid").isEmpty()) {
            whole = Trees.with(whole, store.uid(), "metadata", "uid");
        }
        String version = Tree.text(tree, "metadata", "resourceVersion").orElse("");
        if (version.isEmpty()) {
            whole = Trees.with(whole, "1", "metadata", "resourceVersion");
        } else if (version.matches("[0-9]{1,18}")) {
            highest = Math.max(highest, Long.parseLong(version));
        }
        store.put(whole);
    }
}
