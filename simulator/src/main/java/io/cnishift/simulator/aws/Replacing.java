package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer;
import io.cnishift.simulator.kube.ApiServer.Writer;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Replaces nodes that have drifted, as many at once as the budgets of their pool allow, the oldest first.
 *
 * <ol>
 *   <li>A node with a pod that asks not to be disrupted is left.
 *   <li>A replacement is launched, and waited for until it is ready.
 *   <li>The node takes no more pods; those that it has are evicted, as far and as soon as their budgets allow.
 *   <li>It goes when none but daemons is left.
 * </ol>
 */
final class Replacing {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final String MANAGER = "karpenter";
    private static final Map<String, Object> DISRUPTED =
            Map.of("key", "karpenter.sh/disrupted", "effect", "NoSchedule");

    private final Kernel kernel;
    private final Cloud cloud;
    private final Ec2 ec2;
    private final NodePools pools;
    private final ApiServer api;
    /** What each instance was launched with. */
    private final Map<String, Object> launchedWith = new HashMap<>();
    /** Instances that are being replaced, with what comes in their place. */
    private final Map<String, String> replacements = new LinkedHashMap<>();

    private boolean due;

    Replacing(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        cloud = Cloud.of(kernel);
        ec2 = Ec2.of(kernel);
        pools = NodePools.of(kernel);
        api = new ApiServer(kernel);
    }

    /** From now on a change of a template has consequences. */
    void start() {
        cloud.view().all(Part.INSTANCES, Instance.class).forEach(this::remember);
        cloud.listen(change -> {
            if (change.part() == Part.INSTANCES) {
                change.now()
                        .map(Instance.class::cast)
                        .ifPresentOrElse(this::remember, () -> launchedWith.remove(change.key()));
            }
        });
        kernel.objects().listen("NodePool", (before, after) -> later());
        kernel.objects().listen("EC2NodeClass", (before, after) -> later());
    }

    private void remember(Instance instance) {
        instance.nodeGroup()
                .flatMap(pools::written)
                .ifPresent(pool -> launchedWith.computeIfAbsent(instance.id(), id -> template(pool)));
    }

    /** What Karpenter compares. */
    private Object template(Map<String, Object> pool) {
        Map<String, Object> template = Trees.without(Tree.map(pool, "spec", "template"), "spec", "requirements");
        return List.of(template, Tree.map(pools.classOf(pool), "spec"));
    }

    private void later() {
        if (!due) {
            due = true;
            kernel.clock().after(LOOK, () -> {
                due = false;
                pass();
            });
        }
    }

    private void pass() {
        replacements
                .keySet()
                .removeIf(id -> cloud.instance(id).filter(Ec2::live).isEmpty());
        boolean more = !replacements.isEmpty();
        replacements.forEach((old, fresh) -> goOn(old, fresh));
        for (String name : pools.byWeight()) {
            more |= cloud.group(name).filter(this::begin).isPresent();
        }
        if (more) {
            later();
        }
    }

    /** Begins with as many as may be; whether any has drifted at all. */
    private boolean begin(NodeGroup group) {
        Map<String, Object> pool = pools.written(group.name()).orElseThrow();
        Object wanted = template(pool);
        List<Instance> live = Scaler.live(cloud, group);
        List<Instance> drifted = live.stream()
                .filter(i -> !wanted.equals(launchedWith.get(i.id())))
                .sorted(Comparator.comparing(Instance::launchedAt))
                .toList();
        long going = live.stream().filter(i -> replacements.containsKey(i.id())).count();
        List<Instance> next = new ArrayList<>(drifted);
        next.removeIf(i -> replacements.containsKey(i.id()) || !movable(i));
        next.stream()
                .limit(DisruptionBudget.of(pool, live.size(), (int) going))
                .forEach(i -> replacement(group, i).ifPresent(r -> replacements.put(i.id(), r.id())));
        return !drifted.isEmpty();
    }

    private boolean movable(Instance instance) {
        return node(instance.id())
                .filter(n -> PodIndexes.of(kernel).on(ObjectKey.of(n).name()).stream()
                        .noneMatch(p -> "true"
                                .equals(Tree.strings(p, "metadata", "annotations")
                                        .get("karpenter.sh/do-not-disrupt"))))
                .isPresent();
    }

    private Optional<Instance> replacement(NodeGroup group, Instance old) {
        List<Subnet> subnets = new ArrayList<>(Scaler.byBalance(cloud, group));
        subnets.sort(Comparator.comparing(s -> !s.availabilityZone().equals(old.availabilityZone())));
        return subnets.stream()
                .map(s -> ec2.launch(group, s, old.type(), Template.of(cloud.view(), group))
                        .instance())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void goOn(String old, String fresh) {
        Optional<Map<String, Object>> node = node(old);
        if (node.isEmpty()
                || node(fresh).filter(n -> Pods.conditionHolds(n, "Ready")).isEmpty()) {
            return;
        }
        ObjectKey key = ObjectKey.of(node.get());
        if (!Tree.list(node.get(), "spec", "taints").contains(DISRUPTED)) {
            kernel.objects().update(key.kind(), "", key.name(), MANAGER, Replacing::disrupted);
        }
        List<Map<String, Object>> pods = PodIndexes.of(kernel).on(key.name()).stream()
                .filter(p -> !Pods.finished(p) && !ofDaemon(p))
                .toList();
        pods.stream().filter(p -> !Pods.terminating(p)).forEach(this::evict);
        if (pods.isEmpty()) {
            pools.remove(key.name());
        }
    }

    private static Map<String, Object> disrupted(Map<String, Object> node) {
        List<Object> taints = new ArrayList<>(Tree.list(node, "spec", "taints"));
        taints.add(DISRUPTED);
        return Trees.with(node, taints, "spec", "taints");
    }

    private void evict(Map<String, Object> pod) {
        try {
            api.evict(ObjectKey.of(pod), Pods.uid(pod), OptionalLong.empty(), Writer.named(MANAGER));
        } catch (ApiRefusal refused) {
            // tried again at the next look, for a budget may allow it then
        }
    }

    private static boolean ofDaemon(Map<String, Object> pod) {
        return Pods.controller(pod)
                .filter(c -> "DaemonSet".equals(c.get("kind")))
                .isPresent();
    }

    private Optional<Map<String, Object>> node(String instance) {
        return cloud.instance(instance)
                .map(i -> NodeTree.name(kernel.snapshot(), i))
                .flatMap(name -> kernel.objects().get("Node", "", name));
    }
}
