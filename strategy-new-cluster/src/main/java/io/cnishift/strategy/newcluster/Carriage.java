package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What has to be other about objects when they are carried, and what cannot be carried. */
final class Carriage {

    private static final String TARGET_TYPE = "alb.ingress.kubernetes.io/target-type";
    private static final String NLB_TARGET_TYPE = Balanced.NLB + "nlb-target-type";
    private static final String EXTERNAL_DNS = "external-dns";

    private final View first;
    private final View second;
    private final List<String> namespaces;

    Carriage(View first, View second, List<String> namespaces) {
        this.first = first;
        this.second = second;
        this.namespaces = List.copyOf(namespaces);
    }

    /** Changes by {@code Kind/namespace/name}. */
    Map<String, Map<String, Object>> changes() {
        Map<String, Map<String, Object>> changes = new TreeMap<>(Shared.changes(first, second));
        cronJobs(false).forEach(key -> changes.put("CronJob/" + key, Map.of("spec", Map.of("suspend", true))));
        new ClaimedVolumes(first, namespaces)
                .movers()
                .forEach(w -> changes.put(w.key(), Map.of("spec", Map.of("replicas", 0))));
        if (overlay(second)) {
            ingresses().forEach(i -> {
                changes.put("Ingress/" + i.key(), annotated(TARGET_TYPE));
                i.rules().stream()
                        .flatMap(r -> first.service(i.namespace() + "/" + r.service()).stream())
                        .filter(s -> s.type().equals("ClusterIP"))
                        .forEach(s -> changes.put("Service/" + s.key(), nodePort(s)));
            });
            first.services().stream()
                    .filter(s -> namespaces.contains(s.namespace())
                            && "ip".equals(s.annotations().get(NLB_TARGET_TYPE)))
                    .forEach(s -> changes.put("Service/" + s.key(), annotated(NLB_TARGET_TYPE)));
        }
        return changes;
    }

    private static Map<String, Object> annotated(String annotation) {
        return Map.of("metadata", Map.of("annotations", Map.of(annotation, "instance")));
    }

    private static Map<String, Object> nodePort(Service service) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("spec", Map.of("type", "NodePort"));
        if ("ip".equals(service.annotations().get(TARGET_TYPE))) {
            change.putAll(annotated(TARGET_TYPE));
        }
        return change;
    }

    /** Ingresses whose load balancer sends to pod addresses, which means nothing outside of an overlay. */
    private List<Ingress> ingresses() {
        return new Balanced(first)
                .ingresses(namespaces).stream()
                        .filter(i -> "ip".equals(i.annotations().get(TARGET_TYPE)))
                        .toList();
    }

    /** Whether pods of the second cluster have addresses that the VPC does not know. */
    static boolean overlay(View second) {
        Optional<String> mode = second.release("kube-system", "cilium")
                .map(Release::values)
                .flatMap(values -> Tree.text(values, "ipam", "mode"));
        return mode.filter("cluster-pool"::equals).isPresent();
    }

    /** CronJobs, {@code namespace/name}; only those that run, where the others are not asked for. */
    List<String> cronJobs(boolean runningOnly) {
        return first.workloads().stream()
                .filter(w -> w.kind().equals("CronJob") && namespaces.contains(w.namespace()))
                .filter(w -> !runningOnly || !w.paused())
                .map(w -> w.namespace() + "/" + w.name())
                .toList();
    }

    private String staying() {
        if (!second.cluster().kubeSystemUid().isEmpty()) {
            return "Jobs, cluster roles with their bindings and webhook configurations stay behind";
        }
        List<String> partly = Shared.partly(first, namespaces);
        return "Jobs and webhook configurations stay behind"
                + (partly.isEmpty()
                        ? ""
                        : ", and of ClusterRoleBinding " + String.join(", ", partly)
                                + " only some accounts go along, so it does not");
    }

    /** What stands against carrying, or has to be agreed to. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Code.NOT_COPIED.of(
                "cluster " + first.cluster().name(),
                staying(),
                "bring them to the second cluster by what made them here, then accept it"));
        List<String> kinds = Shared.customKinds(first, namespaces);
        if (!kinds.isEmpty()) {
            findings.add(Code.CUSTOM.of(
                    "cluster " + first.cluster().name(),
                    "objects of " + Count.of(kinds.size(), "custom kind") + " are copied: " + String.join(", ", kinds)
                            + "; whatever controller serves them acts on both, and on the deletion of the copies where the migration is taken back",
                    "stop the controller in one of the clusters where twice is not harmless, then accept it"));
        }
        first.pods().stream()
                .filter(p ->
                        namespaces.contains(p.namespace()) && p.controller().isEmpty() && !p.finished())
                .forEach(p -> findings.add(bare(p)));
        new Inventory(first)
                .lasting(namespaces).stream()
                        .filter(w -> !w.kind().equals("DaemonSet") && w.desired() > 0 && unserved(w))
                        .forEach(
                                w -> findings.add(
                                        Code.RUNS_TWICE.of(
                                                w.kind() + " " + w.namespace() + "/" + w.name(),
                                                "no Service leads to it, so no weight decides where it works: it works in both clusters until the first is"
                                                        + " retired",
                                                "accept that where twice is harmless; else scale it to zero in the first cluster before")));
        first.workloads().stream()
                .filter(w -> w.name().equals(EXTERNAL_DNS) && w.desired() > 0)
                .findFirst()
                .ifPresent(w -> findings.add(Code.EXTERNAL_DNS.of(
                        w.kind() + " " + w.namespace() + "/" + w.name(),
                        "it writes the records that are to be weighted, and would write them back",
                        "exclude these names from it, or scale it to zero meanwhile")));
        return findings;
    }

    private static Finding bare(Pod pod) {
        return Code.BARE_POD.of(
                "Pod " + pod.key(),
                "no controller made it, so it is not copied",
                "put it under a controller, or let it stay");
    }

    private boolean unserved(Workload workload) {
        return first.services().stream()
                .filter(s -> s.namespace().equals(workload.namespace())
                        && !s.selector().isEmpty())
                .noneMatch(s -> workload.templateLabels()
                        .entrySet()
                        .containsAll(s.selector().entrySet()));
    }
}
