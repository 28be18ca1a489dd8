package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Answer;
import io.cnishift.api.step.RollNodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster that does at once what acts say: groups launch, pods are made again where there is room, Deployments roll one by
 * one. It checks after every act that no Service is below its minimum.
 */
final class MiniCluster {

    final Scene scene = new Scene();
    final FakeProgress progress = new FakeProgress();
    final List<String> log = new ArrayList<>();
    final Map<String, Integer> moves = new HashMap<>();
    private final Map<String, String> newLabels = new HashMap<>();
    private int serial;
    private int mostNodes;
    private final List<Instance> late = new ArrayList<>();
    boolean outcomesLost;
    /** Whether an instance that was terminated is seen as running until something is waited for. */
    boolean instancesLate;

    MiniCluster nodeLabel(String key) {
        newLabels.put(key, "true");
        return this;
    }

    /** A group with running nodes named after it. */
    MiniCluster group(String name, int size, NodeGroup.Kind kind) {
        scene.with(Make.group(name, size)
                .size(kind == NodeGroup.Kind.KARPENTER ? 0 : Math.min(1, size), Math.max(8, size), size)
                .kind(kind)
                .build());
        for (int i = 0; i < size; i++) {
            launch(name);
        }
        return this;
    }

    private void launch(String group) {
        NodeGroup now = scene.view().nodeGroup(group).orElseThrow();
        String name = group + "-" + serial++;
        long version = now.launchTemplate().orElseThrow().version();
        scene.with(new Instance(
                "i-" + name,
                "m5.large",
                "a",
                "subnet-a",
                Optional.of(group),
                "running",
                "10.0.0.1",
                "ami",
                2,
                List.of(),
                progress.now(),
                java.util.OptionalLong.of(version),
                false,
                false));
        MakeNode node = Make.node(name).born(progress.now()).maxPods(group.equals("new") ? 58 : 29);
        if (group.equals("new") || version > 1) {
            newLabels.forEach(node::label);
        }
        scene.with(node.build());
        String daemon = group.equals("new") ? "cilium" : "aws-node";
        scene.with(Make.pod("kube-system", daemon + "-" + name)
                .ownedBy("DaemonSet", daemon)
                .on(name)
                .build());
        mostNodes = Math.max(mostNodes, alive());
    }

    int alive() {
        return (int) scene.view().nodes().stream().count();
    }

    int mostNodes() {
        return mostNodes;
    }

    /** A Deployment with a Service, one pod after the other on the nodes. */
    MiniCluster deployment(String name, int replicas, String maxSurge, String maxUnavailable) {
        scene.with(Make.workload("Deployment", "web", name, replicas)
                .strategy("RollingUpdate", maxSurge, maxUnavailable)
                .build());
        scene.with(Make.service("web", name, Map.of("app", name)));
        List<Node> nodes = List.copyOf(scene.view().nodes());
        for (int i = 0; i < replicas; i++) {
            scene.with(Make.pod("web", name + "-" + serial++)
                    .of(name)
                    .on(nodes.get(i % nodes.size()).name())
                    .build());
        }
        return this;
    }

    /** Runs a handler to its end and gives its last word. */
    StepOutcome run(StepHandler<RollNodes> handler, RollNodes params, boolean back) {
        for (int i = 0; i < 3000; i++) {
            StepOutcome outcome =
                    back ? handler.back(scene.view(), params, progress) : handler.next(scene.view(), params, progress);
            if (outcome instanceof StepOutcome.Perform perform) {
                perform.acts().forEach(this::perform);
            } else if (outcome instanceof StepOutcome.Ask ask) {
                ask.questions().forEach(q -> progress.answered(q, answer(q.toString()), "by wire"));
                progress.later(1);
            } else if (outcome instanceof StepOutcome.NotYet) {
                log.add("wait " + Scene.waiting(outcome));
                progress.later(5);
                late.forEach(scene::without);
                late.clear();
                roll();
            } else {
                return outcome;
            }
        }
        throw new AssertionError("no end: " + log.subList(Math.max(0, log.size() - 12), log.size()));
    }

    private final List<String> broken = new ArrayList<>();

    MiniCluster breakPath(String part) {
        broken.add(part);
        return this;
    }

    private Answer.Verdict answer(String question) {
        return broken.stream().anyMatch(question::contains) ? Answer.Verdict.NOT_REACHED : Answer.Verdict.REACHED;
    }

    void perform(Act act) {
        Map<String, Object> before = before(act);
        apply(act);
        log.add(act.getClass().getSimpleName() + " " + act.target());
        if (outcomesLost) {
            progress.lost(act, before);
        } else {
            progress.did(act, before);
        }
        scene.view().services().forEach(this::check);
    }

    private void check(Service service) {
        long ready = scene.view().podsOf(service).stream()
                .filter(p -> p.ready() && !p.terminating())
                .count();
        assertThat(ready)
                .as("ready pods of %s after %s", service.key(), log)
                .isGreaterThanOrEqualTo(MinReady.whenHealthy(scene.view(), service));
    }

    private NodePool pool(PatchObject patch) {
        return scene.view()
                .get(Part.NODE_POOLS, NodePool.class, patch.object().name())
                .orElseThrow();
    }

    /** As a merge patch merges. */
    private static Map<String, Object> mergedTree(Map<String, Object> tree, Map<String, Object> patch) {
        Map<String, Object> result = new LinkedHashMap<>(tree);
        patch.forEach((key, value) -> {
            if (value == null) {
                result.remove(key);
            } else {
                result.put(
                        key,
                        value instanceof Map<?, ?> ? mergedTree(Tree.map(tree, key), Tree.map(patch, key)) : value);
            }
        });
        return result;
    }

    private Map<String, Object> before(Act act) {
        if (act instanceof SetGroupSize size) {
            NodeGroup group = scene.view().nodeGroup(size.group()).orElseThrow();
            return Map.of("minSize", group.minSize(), "maxSize", group.maxSize(), "desiredSize", group.desiredSize());
        }
        if (act instanceof UseTemplateVersion use) {
            return Map.of(
                    "version",
                    scene.view()
                            .nodeGroup(use.group())
                            .orElseThrow()
                            .launchTemplate()
                            .orElseThrow()
                            .version());
        }
        if (act instanceof PatchObject patch && patch.object().kind().equals("Deployment")) {
            return Pictures.of(deployment(patch));
        }
        if (act instanceof PatchObject patch && patch.object().kind().equals("NodePool")) {
            return Map.of("spec", pool(patch).spec());
        }
        return Map.of();
    }

    private Workload deployment(PatchObject patch) {
        return scene.view().workload("Deployment/web/" + patch.object().name()).orElseThrow();
    }

    private void apply(Act act) {
        if (act instanceof CordonNode cordon) {
            node(cordon.node(), n -> n.cordoned(true));
        } else if (act instanceof UncordonNode uncordon) {
            node(uncordon.node(), n -> n.cordoned(false));
        } else if (act instanceof EvictPod evict) {
            Pod pod = scene.view().pod(evict.namespace(), evict.pod()).orElseThrow();
            scene.without(pod);
            place(pod, false);
        } else if (act instanceof SetGroupSize size) {
            NodeGroup group = scene.view().nodeGroup(size.group()).orElseThrow();
            scene.with(MakeGroup.like(group)
                    .size(size.minSize(), size.maxSize(), size.desiredSize())
                    .build());
            fill(size.group());
        } else if (act instanceof ResumeProcesses resume) {
            NodeGroup group = scene.view().nodeGroup(resume.group()).orElseThrow();
            scene.with(MakeGroup.like(group).suspended().build());
            fill(resume.group());
        } else if (act instanceof UseTemplateVersion use) {
            NodeGroup group = scene.view().nodeGroup(use.group()).orElseThrow();
            scene.with(MakeGroup.like(group).version(use.version()).build());
        } else if (act instanceof TerminateInstance terminate) {
            terminate(terminate);
        } else if (act instanceof PatchObject patch && patch.object().kind().equals("NodePool")) {
            scene.with(new NodePool(
                    patch.object().name(),
                    mergedTree(pool(patch).spec(), Tree.map(patch.patch(), "spec")),
                    Owner.NONE));
        } else if (act instanceof PatchObject patch) {
            patch(patch);
        } else if (act instanceof ApplyObject apply) {
            hold(apply.object());
        } else if (act instanceof DeleteObject delete) {
            scene.view()
                    .workload("Deployment/kube-system/" + delete.object().name())
                    .ifPresent(scene::without);
        } else if (act instanceof RegisterTargets register) {
            targets(register.targetGroup(), register.targets(), true);
        } else if (act instanceof DeregisterTargets deregister) {
            targets(deregister.targetGroup(), deregister.targets(), false);
        }
    }

    /** Targets are healthy as soon as they are registered, and gone as soon as they are not. */
    private void targets(String arn, List<String> ids, boolean there) {
        TargetGroup group =
                scene.view().get(Part.TARGET_GROUPS, TargetGroup.class, arn).orElseThrow();
        List<String> targets = new ArrayList<>();
        group.targets().stream()
                .filter(t -> !ids.contains(t.id()))
                .forEach(t -> targets.add(t.id() + "=" + t.health()));
        if (there) {
            ids.forEach(id -> targets.add(id + "=healthy"));
        }
        String service = group.service().orElse("");
        scene.with(Make.targets(arn, group.targetType(), service, targets.toArray(String[]::new)));
    }

    /** As Karpenter would: a node for each pod that wants one of a pool to itself. */
    private void hold(Map<String, Object> deployment) {
        String pool = Tree.text(deployment, "spec", "template", "spec", "nodeSelector", "karpenter.sh/nodepool")
                .orElseThrow();
        int pods = (int) Tree.number(deployment, 0, "spec", "replicas");
        scene.with(Make.workload(
                        "Deployment",
                        "kube-system",
                        Tree.text(deployment, "metadata", "name").orElseThrow(),
                        pods)
                .build());
        while (GroupState.alive(scene.view(), pool).size() < pods) {
            launch(pool);
        }
        counted(pool);
    }

    private void counted(String pool) {
        NodeGroup now = scene.view().nodeGroup(pool).orElseThrow();
        int nodes = GroupState.alive(scene.view(), pool).size();
        scene.with(MakeGroup.like(now).size(0, now.maxSize(), nodes).build());
    }

    private void fill(String group) {
        NodeGroup now = scene.view().nodeGroup(group).orElseThrow();
        while (!now.suspendedProcesses().contains("Launch")
                && GroupState.alive(scene.view(), group).size() < now.desiredSize()) {
            launch(group);
        }
    }

    private void terminate(TerminateInstance act) {
        Instance instance =
                scene.view().get(Part.INSTANCES, Instance.class, act.instance()).orElseThrow();
        NodeGroup group =
                scene.view().nodeGroup(instance.nodeGroup().orElseThrow()).orElseThrow();
        boolean karpenter = group.kind() == NodeGroup.Kind.KARPENTER;
        assertThat(act.group()).isEqualTo(karpenter ? "" : group.name());
        assertThat(group.desiredSize() - 1).as("size of %s", group.name()).isGreaterThanOrEqualTo(group.minSize());
        Node node = scene.view().nodeOf(instance).orElseThrow();
        assertThat(scene.view().podsOn(node.name()))
                .as("pods on %s when terminated", node.name())
                .allMatch(p -> p.controller().orElseThrow().kind().equals("DaemonSet"));
        List.copyOf(scene.view().podsOn(node.name())).forEach(scene::without);
        scene.without(node);
        late.add(instance);
        if (!instancesLate) {
            scene.without(instance);
        }
        scene.with(MakeGroup.like(group)
                .size(group.minSize(), group.maxSize(), group.desiredSize() - 1)
                .build());
    }

    private void node(String name, java.util.function.UnaryOperator<MakeNode> change) {
        scene.with(change.apply(MakeNode.like(scene.view().node(name).orElseThrow()))
                .build());
    }

    private void patch(PatchObject act) {
        if (act.object().kind().equals("Node")) {
            Node node = scene.view().node(act.object().name()).orElseThrow();
            Map<String, String> labels = merged(node.labels(), Tree.map(act.patch(), "metadata", "labels"));
            Map<String, String> annotations =
                    merged(node.annotations(), Tree.map(act.patch(), "metadata", "annotations"));
            List<Taint> taints = Tree.at(act.patch(), "spec", "taints").isEmpty()
                    ? node.taints()
                    : Tree.maps(act.patch(), "spec", "taints").stream()
                            .map(t -> new Taint(
                                    Tree.text(t, "key").orElseThrow(),
                                    "",
                                    Tree.text(t, "effect").orElseThrow()))
                            .toList();
            node(
                    act.object().name(),
                    n -> n.labels(labels).annotations(annotations).taints(taints));
            return;
        }
        Workload workload = deployment(act);
        MakeWorkload changed = MakeWorkload.like(workload);
        Tree.map(act.patch(), "spec", "template", "metadata", "annotations").forEach((k, v) -> {
            if (v == null) {
                changed.withoutAnnotation(k);
            } else {
                changed.annotation(k, String.valueOf(v));
            }
            changed.rolling(0, workload.desired());
        });
        Map<String, Object> rolling = Tree.map(act.patch(), "spec", "strategy", "rollingUpdate");
        if (!rolling.isEmpty()) {
            changed.strategy(
                    "RollingUpdate",
                    String.valueOf(rolling.get("maxSurge")),
                    String.valueOf(rolling.get("maxUnavailable")));
        }
        scene.with(changed.build());
    }

    private static Map<String, String> merged(Map<String, String> into, Map<String, Object> patch) {
        Map<String, String> merged = new HashMap<>(into);
        patch.forEach((k, v) -> {
            if (v == null) {
                merged.remove(k);
            } else {
                merged.put(k, String.valueOf(v));
            }
        });
        return merged;
    }

    /** Deployments that roll make all pods anew, each new one before its old one goes. */
    private void roll() {
        starting();
        List<Workload> rolling = scene.view().workloads().stream()
                .filter(w -> w.kind().equals("Deployment") && !w.settled())
                .toList();
        rolling.forEach(w -> {
            List.copyOf(scene.view().podsOf(w.key())).forEach(pod -> {
                place(pod, true);
                scene.without(pod);
            });
            scene.with(MakeWorkload.like(w).rolling(w.desired(), w.desired()).build());
        });
    }

    /** Makes a pod again; after an eviction it takes until the next wait to be ready. */
    private void place(Pod pod, boolean ready) {
        Node node = scene.view().nodes().stream()
                .filter(n -> n.ready() && !n.unschedulable())
                .min(Comparator.comparing((Node n) -> n.tainted(NodeMarks.TAINT))
                        .thenComparing(n -> scene.view().podsOn(n.name()).size())
                        .thenComparing(Node::name))
                .orElseThrow();
        String app = pod.labels().get("app");
        moves.merge(pod.name().replaceAll("-[0-9]+$", ""), 1, Integer::sum);
        MakePod made = Make.pod(pod.namespace(), app + "-" + serial++).of(app).on(node.name());
        scene.with((ready ? made : made.notReady()).build());
    }

    private void starting() {
        List.copyOf(scene.view().podsIn("web")).stream()
                .filter(p -> !p.ready())
                .forEach(p -> scene.with(Make.pod("web", p.name())
                        .of(p.labels().get("app"))
                        .on(p.node().orElseThrow())
                        .build()));
    }

    List<String> nodesOf(String app) {
        return scene.view().podsOf("Deployment/web/" + app).stream()
                .map(p -> p.node().orElseThrow())
                .sorted()
                .toList();
    }
}
