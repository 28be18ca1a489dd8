package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Hashes;
import io.cnishift.simulator.kube.MetaTrees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import io.cnishift.simulator.kube.Owners;
import io.cnishift.simulator.kube.PodTrees;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Revisions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deployments keep one ReplicaSet per template and move replicas to the newest as their strategy allows. */
final class Deployments implements Behaviour {
    private static final int HISTORY = 10;

    @Override
    public String id() {
        return "deployments";
    }

    @Override
    public String source() {
        return "pkg/controller/deployment (rolling.go, recreate.go, sync.go)";
    }

    @Override
    public void install(Kernel kernel) {
        ObjectIndex sets = kernel.objects().index("ReplicaSet", Pods::controllerUid);
        Controller tools = Controller.start(
                        this, kernel, "Deployment", (t, d) -> look(t, d, List.copyOf(sets.of(Pods.uid(d)))))
                .owns("ReplicaSet", "Deployment");
        // a Recreate waits for the pods themselves
        PodTurn.listen(
                kernel.objects(),
                EnumSet.of(PodTurn.WENT),
                (before, after) -> before.flatMap(p -> deploymentOf(kernel, p))
                        .ifPresent(d -> tools.queue().add(Pods.key(d))));
    }

    private static Optional<Map<String, Object>> deploymentOf(Kernel kernel, Map<String, Object> pod) {
        return Owners.controller(kernel, pod)
                .filter(set -> Pods.key(set).kind().equals("ReplicaSet"))
                .flatMap(set -> Owners.controller(kernel, set))
                .filter(d -> Pods.key(d).kind().equals("Deployment"));
    }

    private static void look(Controller tools, Map<String, Object> deployment, List<Map<String, Object>> sets) {
        Optional<Map<String, Object>> current = sets.stream()
                .filter(s -> template(s).equals(Tree.map(deployment, "spec", "template")))
                .findFirst();
        status(tools, deployment, sets, current);
        if (Pods.terminating(deployment)) {
            return;
        }
        if (Tree.flag(deployment, "spec", "paused")) {
            Rollout.scaleOnly(tools, deployment, sets);
            return;
        }
        if (current.isEmpty()) {
            if (!recreates(deployment) || Rollout.oldPodsGone(tools, deployment, sets)) {
                tools.create(newSet(deployment, sets));
            }
            return;
        }
        renew(tools, deployment, current.get(), sets);
        List<Map<String, Object>> old = sets.stream()
                .filter(s -> !Pods.uid(s).equals(Pods.uid(current.get())))
                .sorted(Comparator.comparing(s -> revision(s)))
                .toList();
        if (recreates(deployment)) {
            Rollout.recreate(tools, deployment, current.get(), old);
        } else {
            Rollout.roll(tools, deployment, current.get(), old);
        }
        forget(tools, deployment, old);
    }

    static boolean recreates(Map<String, Object> deployment) {
        return Tree.text(deployment, "spec", "strategy", "type")
                .filter("Recreate"::equals)
                .isPresent();
    }

    /** A set's template as the Deployment wrote it: without the label that the controller adds. */
    private static Map<String, Object> template(Map<String, Object> set) {
        return Tree.known(Tree.map(set, "spec", "template"), Written.class, Written::of)
                .template();
    }

    /** The template without that label, taken off once. */
    private record Written(Map<String, Object> template) {
        private static Written of(Map<String, Object> ofSet) {
            return new Written(Trees.without(ofSet, "metadata", "labels", Revisions.POD_HASH));
        }
    }

    private static Map<String, Object> newSet(Map<String, Object> deployment, List<Map<String, Object>> sets) {
        Map<String, Object> template = Tree.map(deployment, "spec", "template");
        String hash = Hashes.template(template);
        Map<String, String> labels = new LinkedHashMap<>(Tree.strings(template, "metadata", "labels"));
        labels.put(Revisions.POD_HASH, hash);
        Pod.OwnerRef owner = new Pod.OwnerRef("Deployment", Pods.key(deployment).name(), Pods.uid(deployment));
        long next = sets.stream().mapToLong(Deployments::revision).max().orElse(0) + 1;
        Map<String, Object> set = MetaTrees.object(
                "apps/v1",
                "ReplicaSet",
                new Identity(
                        Pods.key(deployment).namespace(), owner.name() + "-" + hash, "", "", java.time.Instant.EPOCH),
                labels);
        set = Trees.with(set, String.valueOf(next), "metadata", "annotations", Revisions.NUMBER);
        set = Trees.with(set, List.of(PodTrees.reference(owner)), "metadata", "ownerReferences");
        Map<String, Object> minReady = Trees.of(
                "minReadySeconds",
                Tree.at(deployment, "spec", "minReadySeconds").orElse(null));
        Map<String, Object> spec = new LinkedHashMap<>(minReady);
        spec.put("replicas", 0);
        spec.put(
                "selector",
                Trees.with(Tree.map(deployment, "spec", "selector"), hash, "matchLabels", Revisions.POD_HASH));
        spec.put("template", Trees.with(template, labels, "metadata", "labels"));
        return Trees.with(set, spec, "spec");
    }

    static long revision(Map<String, Object> set) {
        return Tree.text(set, "metadata", "annotations", Revisions.NUMBER)
                .filter(r -> r.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** The current set counts its pods as the Deployment says; one that is current again gets the highest number. */
    private static void renew(
            Controller tools,
            Map<String, Object> deployment,
            Map<String, Object> current,
            List<Map<String, Object>> sets) {
        long highest = sets.stream().mapToLong(Deployments::revision).max().orElse(0);
        boolean alone = sets.stream().filter(s -> revision(s) == highest).count() == 1;
        long number = revision(current) < highest || !alone ? highest + 1 : highest;
        long wait = Tree.number(deployment, 0, "spec", "minReadySeconds");
        if (number == revision(current) && wait == Tree.number(current, 0, "spec", "minReadySeconds")) {
            return;
        }
        ObjectKey key = Pods.key(current);
        tools.store().update("ReplicaSet", key.namespace(), key.name(), Controller.MANAGER, set -> {
            Map<String, Object> numbered =
                    Trees.with(set, String.valueOf(number), "metadata", "annotations", Revisions.NUMBER);
            return wait == 0
                    ? Trees.without(numbered, "spec", "minReadySeconds")
                    : Trees.with(numbered, wait, "spec", "minReadySeconds");
        });
    }

    private static void forget(Controller tools, Map<String, Object> deployment, List<Map<String, Object>> old) {
        List<Map<String, Object>> empty = old.stream()
                .filter(s -> Tree.number(s, 0, "spec", "replicas") == 0 && Tree.number(s, 0, "status", "replicas") == 0)
                .toList();
        long kept = Tree.number(deployment, HISTORY, "spec", "revisionHistoryLimit");
        empty.subList(0, (int) Math.max(0, empty.size() - kept)).forEach(tools::delete);
    }

    private static void status(
            Controller tools,
            Map<String, Object> deployment,
            List<Map<String, Object>> sets,
            Optional<Map<String, Object>> current) {
        long wanted = Tree.number(deployment, 1, "spec", "replicas");
        long available = sum(sets, "availableReplicas");
        tools.status(
                deployment,
                "observedGeneration",
                Tree.number(deployment, 0, "metadata", "generation"),
                "replicas",
                sum(sets, "replicas"),
                "updatedReplicas",
                current.map(s -> Tree.number(s, 0, "status", "replicas")).orElse(0L),
                "readyReplicas",
                sum(sets, "readyReplicas"),
                "availableReplicas",
                available,
                "unavailableReplicas",
                available < wanted ? (Object) (wanted - available) : null);
    }

    static long sum(List<Map<String, Object>> sets, String field) {
        return sets.stream().mapToLong(s -> Tree.number(s, 0, "status", field)).sum();
    }
}
