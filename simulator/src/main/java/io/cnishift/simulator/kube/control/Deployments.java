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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployments keep one ReplicaSet per template and move replicas to the newest as their strategy allows. */
final class Deployments implements Behaviour {
    private static final int HISTORY = 10;

    /** By Deployment, as they were found last. */
    private final Map<ObjectKey, Match> matches = new HashMap<>();

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
        kernel.objects().listen("Deployment", (before, after) -> {
            if (after.isEmpty()) {
                before.map(Pods::key).ifPresent(matches::remove);
            }
        });
    }

    private static Optional<Map<String, Object>> deploymentOf(Kernel kernel, Map<String, Object> pod) {
        Optional<Map<String, Object>> set = owner(kernel, pod, "ReplicaSet");
        return set.isPresent() ? owner(kernel, set.get(), "Deployment") : set;
    }

    private static Optional<Map<String, Object>> owner(Kernel kernel, Map<String, Object> object, String kind) {
        Optional<ObjectKey> key = Owners.key(object);
        return key.isPresent() && key.get().kind().equals(kind) ? Owners.controller(kernel, object) : Optional.empty();
    }

    private void look(Controller tools, Map<String, Object> deployment, List<Map<String, Object>> sets) {
        Optional<Map<String, Object>> current = current(deployment, sets);
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
        List<Map<String, Object>> old = new ArrayList<>(sets);
        old.remove(current.get());
        if (old.size() > 1) {
            old.sort(Comparator.comparingLong(Deployments::revision));
        }
        if (recreates(deployment)) {
            Rollout.recreate(tools, deployment, current.get(), old);
        } else {
            Rollout.roll(tools, deployment, current.get(), old);
        }
        forget(tools, deployment, old);
    }

    /** The set of the template that the Deployment has now. */
    private Optional<Map<String, Object>> current(Map<String, Object> deployment, List<Map<String, Object>> sets) {
        Map<String, Object> wanted = Tree.map(deployment, "spec", "template");
        Match last = matches.get(Pods.key(deployment));
        for (Map<String, Object> set : sets) {
            Match match = new Match(wanted, Tree.map(set, "spec", "template"));
            if (match.sameAs(last)) {
                return Optional.of(set);
            }
            if (template(set).equals(wanted)) {
                matches.put(Pods.key(deployment), match);
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }

    /** Two templates that are the same but for the label; trees are never changed, so that they remain so. */
    private record Match(Map<String, Object> ofDeployment, Map<String, Object> ofSet) {
        @SuppressWarnings("ReferenceEquality")
        private boolean sameAs(@Nullable Match other) {
            return other != null && other.ofDeployment() == ofDeployment && other.ofSet() == ofSet;
        }
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
        long next = highest(sets) + 1;
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
        return Tree.known(Tree.map(set, "metadata", "annotations"), Revision.class, Revision::of)
                .number();
    }

    /** Which revision annotations tell of, read once for as long as they stay. */
    private record Revision(long number) {
        private static Revision of(Map<String, Object> annotations) {
            return new Revision(Tree.text(annotations, Revisions.NUMBER)
                    .filter(r -> r.matches("[0-9]{1,9}"))
                    .map(Long::parseLong)
                    .orElse(0L));
        }
    }

    private static long highest(List<Map<String, Object>> sets) {
        long highest = 0;
        for (Map<String, Object> set : sets) {
            highest = Math.max(highest, revision(set));
        }
        return highest;
    }

    /** The current set counts its pods as the Deployment says; one that is current again gets the highest number. */
    private static void renew(
            Controller tools,
            Map<String, Object> deployment,
            Map<String, Object> current,
            List<Map<String, Object>> sets) {
        long highest = highest(sets);
        boolean alone = sets.size() == 1
                || sets.stream().filter(s -> revision(s) == highest).count() == 1;
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
        if (old.isEmpty()) {
            return;
        }
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
                current.isEmpty() ? 0L : Tree.number(current.get(), 0, "status", "replicas"),
                "readyReplicas",
                sum(sets, "readyReplicas"),
                "availableReplicas",
                available,
                "unavailableReplicas",
                available < wanted ? (Object) (wanted - available) : null);
    }

    static long sum(List<Map<String, Object>> sets, String field) {
        long sum = 0;
        for (Map<String, Object> set : sets) {
            sum += Tree.number(set, 0, "status", field);
        }
        return sum;
    }
}
