package io.cnishift.simulator.aws;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePoolProjection;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.schedule.Outlook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Launches instances for pods that no node can take.
 *
 * <ol>
 *   <li>Pods that came within the batch window are looked at together, in order of their coming.
 *   <li>A pod that a node on its way will take waits for it.
 *   <li>Otherwise the NodePools are tried by weight: a pool that is within its limits, the smallest of its types first, and the
 *       zones with the fewest of its nodes first, launches the first node that would take the pod.
 * </ol>
 */
final class Provisioner {

    private static final Duration BATCH = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Set<PodTurn> WAITS = EnumSet.of(
            PodTurn.CAME, PodTurn.WENT, PodTurn.BOUND, PodTurn.TERMINATING, PodTurn.CONTROLLER, PodTurn.CONDITIONS);

    private final Kernel kernel;
    private final Cloud cloud;
    private final Ec2 ec2;
    private final NodePools pools;
    private final Set<ObjectKey> waiting = new LinkedHashSet<>();
    /** Nodes on their way, by instance, with the pods that they were launched for. */
    private final Map<String, Coming> coming = new LinkedHashMap<>();

    private boolean due;

    Provisioner(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        cloud = Cloud.of(kernel);
        ec2 = Ec2.of(kernel);
        pools = NodePools.of(kernel);
    }

    private record Coming(Node node, Set<ObjectKey> pods) {}

    /** From now on pods that wait for a node are seen to. */
    void start() {
        kernel.objects().list("Pod").forEach(this::heard);
        PodTurn.listen(
                kernel.objects(),
                WAITS,
                (before, after) -> after.ifPresentOrElse(
                        this::heard, () -> before.map(ObjectKey::of).ifPresent(waiting::remove)));
    }

    private void heard(Map<String, Object> pod) {
        ObjectKey key = ObjectKey.of(pod);
        if (Pods.node(pod).isPresent() || !Outlook.waits(pod)) {
            waiting.remove(key);
        } else if (waiting.add(key)) {
            later(BATCH);
        }
    }

    private void later(Duration delay) {
        if (!due) {
            due = true;
            kernel.clock().after(delay, () -> {
                due = false;
                pass();
            });
        }
    }

    private void pass() {
        coming.keySet().removeIf(this::arrived);
        Outlook outlook = Outlook.of(kernel);
        coming.values().forEach(c -> outlook.expect(c.node()));
        for (Coming one : coming.values()) {
            one.pods().retainAll(waiting);
            one.pods()
                    .forEach(key -> kernel.objects()
                            .get(key)
                            .ifPresent(p -> outlook.bind(p, one.node().name())));
        }
        Set<ObjectKey> provided = new LinkedHashSet<>();
        coming.values().forEach(c -> provided.addAll(c.pods()));
        for (ObjectKey key : List.copyOf(waiting)) {
            if (!provided.contains(key)) {
                kernel.objects().get(key).filter(Outlook::waits).ifPresent(pod -> provide(pod, outlook));
            }
        }
        if (!waiting.isEmpty() && !pools.byWeight().isEmpty()) {
            later(AGAIN);
        }
    }

    /** Whether a node is no longer on its way: the scheduler sees it, or it will never come. */
    private boolean arrived(String instance) {
        Optional<Instance> machine = cloud.instance(instance).filter(Ec2::live);
        return machine.isEmpty()
                || machine.map(i -> NodeTree.name(kernel.snapshot(), i))
                        .flatMap(name -> kernel.objects().get("Node", "", name))
                        .filter(n -> Pods.conditionHolds(n, "Ready") && !starting(n))
                        .isPresent();
    }

    private boolean starting(Map<String, Object> node) {
        return pools
                .written(Tree.strings(node, "metadata", "labels").getOrDefault(NodePools.LABEL, ""))
                .map(NodePoolProjection::startupTaints)
                .orElse(List.of())
                .stream()
                .anyMatch(t -> KubeProjection.node(node).tainted(t.key()));
    }

    private void provide(Map<String, Object> pod, Outlook outlook) {
        Optional<Coming> soon = coming.values().stream()
                .filter(c -> outlook.takes(c.node().name(), pod))
                .findFirst();
        if (soon.isPresent()) {
            soon.get().pods().add(ObjectKey.of(pod));
            outlook.bind(pod, soon.get().node().name());
            return;
        }
        for (String name : pools.byWeight()) {
            if (cloud.group(name).filter(g -> launch(g, pod, outlook)).isPresent()) {
                return;
            }
        }
    }

    private boolean launch(NodeGroup pool, Map<String, Object> pod, Outlook outlook) {
        Template template = pools.withHopLimit(pool, Template.of(cloud.view(), pool));
        for (String type : bySize(pool)) {
            for (Subnet subnet : Scaler.byBalance(cloud, pool)) {
                Node wanted = node(pool, type, subnet.availabilityZone(), "wanted-" + pool.name());
                if (within(pool, type) && outlook.wouldTake(wanted, pod)) {
                    Optional<Instance> launched =
                            ec2.launch(pool, subnet, type, template).instance();
                    if (launched.isPresent()) {
                        come(pool, launched.get(), pod, outlook);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void come(NodeGroup pool, Instance instance, Map<String, Object> pod, Outlook outlook) {
        Node node =
                node(pool, instance.type(), instance.availabilityZone(), NodeTree.name(kernel.snapshot(), instance));
        Set<ObjectKey> pods = new LinkedHashSet<>();
        pods.add(ObjectKey.of(pod));
        coming.put(instance.id(), new Coming(node, pods));
        outlook.expect(node);
        outlook.bind(pod, node.name());
    }

    private static List<String> bySize(NodeGroup pool) {
        List<String> types = new ArrayList<>(pool.instanceTypes());
        types.sort(Comparator.comparing(Provisioner::vcpus));
        return types;
    }

    private static int vcpus(String type) {
        return InstanceTable.embedded().find(type).map(InstanceLimits::vcpus).orElse(1);
    }

    /** Whether one more node of that type is within the limits of the pool. */
    private boolean within(NodeGroup pool, String type) {
        List<Instance> live = Scaler.live(cloud, pool);
        Map<String, Object> written = pools.written(pool.name()).orElse(Map.of());
        int nodes = NodePoolProjection.nodeLimit(written).orElse(Integer.MAX_VALUE);
        long cpus = live.stream().mapToLong(i -> vcpus(i.type())).sum() + vcpus(type);
        long millis = NodePoolProjection.cpuLimitMillis(written).orElse(Long.MAX_VALUE);
        return !written.isEmpty() && live.size() < nodes && cpus * 1000 <= millis;
    }

    /** A node of a pool as it will be once its startup taints are gone. */
    private Node node(NodeGroup pool, String type, String zone, String name) {
        int maxPods = NodeJoin.Settings.of(kernel).maxPods(pool, Template.of(cloud.view(), pool), type);
        NodeResources resources =
                NodeResources.of(type, maxPods, kernel.snapshot().nodes());
        Map<String, String> labels = new LinkedHashMap<>(NodePools.labels(pool));
        labels.put("kubernetes.io/arch", "amd64");
        labels.put("kubernetes.io/hostname", name);
        labels.put("kubernetes.io/os", "linux");
        labels.put("node.kubernetes.io/instance-type", type);
        labels.put("topology.kubernetes.io/region", kernel.snapshot().cluster().region());
        labels.put("topology.kubernetes.io/zone", zone);
        labels.putAll(pool.labels());
        return new Node(
                name,
                "",
                "",
                Optional.empty(),
                labels,
                Map.of(),
                pool.taints(),
                false,
                true,
                maxPods,
                resources.cpuMillis(),
                resources.memoryMiB(),
                "",
                "amd64",
                "",
                "",
                kernel.clock().now());
    }
}
