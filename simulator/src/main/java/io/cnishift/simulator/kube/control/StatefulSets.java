package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Revisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * StatefulSets keep pods by ordinal: made in order, each ready before the next; removed and updated from the highest, one at
 * a time. A pod comes back only after the one before it of that name is entirely gone.
 */
final class StatefulSets implements Behaviour {
    private static final String ORDINAL = "apps.kubernetes.io/pod-index";
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

    @Override
    public String id() {
        return "stateful-sets";
    }

    @Override
    public String source() {
        return "pkg/controller/statefulset/stateful_set_control.go";
    }

    @Override
    public void install(Kernel kernel) {
        TemplateRevisions revisions = TemplateRevisions.of(kernel);
        Controller.start(this, kernel, "StatefulSet", (tools, set) -> look(tools, set, revisions))
                .owns("Pod", "StatefulSet");
    }

    private static void look(Controller tools, Map<String, Object> set, TemplateRevisions revisions) {
        String update = revisions.current(set);
        Map<Integer, Map<String, Object>> pods = new TreeMap<>();
        tools.pods(set).forEach(p -> pods.put(ordinal(p), p));
        status(tools, set, pods, update);
        if (Pods.terminating(set)) {
            return;
        }
        long wanted = Tree.number(set, 1, "spec", "replicas");
        boolean inOrder = !Tree.text(set, "spec", "podManagementPolicy")
                .filter("Parallel"::equals)
                .isPresent();
        if (fill(tools, set, pods, new Round(wanted, inOrder, update)) && shrink(tools, pods, wanted, inOrder)) {
            roll(tools, set, pods, update);
        }
    }

    private record Round(long wanted, boolean inOrder, String update) {}

    /** Makes what is missing; false when the set must wait for one of its pods first. */
    private static boolean fill(
            Controller tools, Map<String, Object> set, Map<Integer, Map<String, Object>> pods, Round round) {
        boolean complete = true;
        for (int i = 0; i < round.wanted(); i++) {
            Map<String, Object> pod = pods.get(i);
            if (pod == null) {
                create(tools, set, i, round.update());
                complete = false;
            } else if (Pods.finished(pod) && !Pods.terminating(pod)) {
                tools.delete(pod);
            }
            boolean healthy = pod != null && Pods.ready(pod) && !Pods.terminating(pod);
            if (round.inOrder() && !healthy) {
                // also one that is broken on an old template: a real set is stuck there until somebody deletes it
                return false;
            }
        }
        return complete;
    }

    private static boolean shrink(
            Controller tools, Map<Integer, Map<String, Object>> pods, long wanted, boolean inOrder) {
        List<Integer> surplus = pods.keySet().stream().filter(i -> i >= wanted).toList();
        for (int i = surplus.size() - 1; i >= 0; i--) {
            Map<String, Object> pod = pods.get(surplus.get(i));
            if (pod != null && !Pods.terminating(pod)) {
                tools.delete(pod);
            }
            if (inOrder) {
                return false;
            }
        }
        return surplus.isEmpty();
    }

    private static void roll(
            Controller tools, Map<String, Object> set, Map<Integer, Map<String, Object>> pods, String update) {
        boolean byHand = Tree.text(set, "spec", "updateStrategy", "type")
                .filter("OnDelete"::equals)
                .isPresent();
        long partition = Tree.number(set, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
        List<Integer> ordinals = new ArrayList<>(pods.keySet());
        for (int i = ordinals.size() - 1; i >= 0 && !byHand && ordinals.get(i) >= partition; i--) {
            Map<String, Object> pod = pods.getOrDefault(ordinals.get(i), Map.of());
            if (outdated(pod, update) && !Pods.terminating(pod)) {
                tools.delete(pod);
                return;
            }
            if (!Pods.ready(pod) || Pods.terminating(pod)) {
                return;
            }
        }
    }

    private static boolean outdated(Map<String, Object> pod, String update) {
        return !Pods.labels(pod).getOrDefault(Revisions.REVISION_HASH, "").equals(update);
    }

    private static void create(Controller tools, Map<String, Object> set, int ordinal, String revision) {
        String name = Pods.key(set).name() + "-" + ordinal;
        Map<String, Object> pod = PodMaker.named(
                set,
                Tree.map(set, "spec", "template"),
                name,
                Map.of(Revisions.REVISION_HASH, revision, POD_NAME, name, ORDINAL, String.valueOf(ordinal)));
        List<Map<String, Object>> volumes = new ArrayList<>();
        for (Map<String, Object> template : Tree.maps(set, "spec", "volumeClaimTemplates")) {
            String volume = Pods.key(template).name();
            String claim = volume + "-" + name;
            volumes.add(Trees.of("name", volume, "persistentVolumeClaim", Trees.of("claimName", claim)));
            ensureClaim(tools, Pods.key(set).namespace(), claim, Tree.map(template, "spec"));
        }
        volumes.addAll(Tree.maps(pod, "spec", "volumes"));
        tools.create(volumes.isEmpty() ? pod : Trees.with(pod, volumes, "spec", "volumes"));
    }

    private static void ensureClaim(Controller tools, String namespace, String name, Map<String, Object> spec) {
        if (tools.store().get("PersistentVolumeClaim", namespace, name).isEmpty()) {
            Map<String, Object> claim = MetaTrees.object(
                    "v1", "PersistentVolumeClaim", new Identity(namespace, name, "", "", Instant.EPOCH), Map.of());
            tools.create(Trees.with(Trees.with(claim, spec, "spec"), "Pending", "status", "phase"));
        }
    }

    private static int ordinal(Map<String, Object> pod) {
        ObjectKey key = Pods.key(pod);
        String digits = key.name().substring(key.name().lastIndexOf('-') + 1);
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : -1;
    }

    private static void status(
            Controller tools, Map<String, Object> set, Map<Integer, Map<String, Object>> pods, String update) {
        long ready = pods.values().stream().filter(Pods::ready).count();
        long minReady = Tree.number(set, 0, "spec", "minReadySeconds");
        tools.status(
                set,
                "observedGeneration",
                Tree.number(set, 0, "metadata", "generation"),
                "replicas",
                pods.size(),
                "readyReplicas",
                ready,
                "updatedReplicas",
                pods.values().stream().filter(p -> !outdated(p, update)).count(),
                "availableReplicas",
                pods.values().stream()
                        .filter(p -> tools.available(p, minReady, Pods.key(set)))
                        .count());
    }
}
