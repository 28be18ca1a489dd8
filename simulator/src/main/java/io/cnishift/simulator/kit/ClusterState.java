package io.cnishift.simulator.kit;

import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster is, for a comparison with itself at another time or after another course: every Kubernetes object in the
 * store, whole, pods by their records, and everything in AWS and Helm that the ports read, without what {@link LeftOut}
 * lists.
 *
 * <p>Both "the same end" after a crash and "as at the start" after a rollback mean that {@link #differences} is empty.
 */
public final class ClusterState {

    private static final Duration REST = Duration.ofMinutes(10);

    private final SortedMap<String, List<Form>> objects = new TreeMap<>();

    private ClusterState() {}

    /** The cluster as it is once it has come to rest: the time in which controllers tidy up passes first. */
    public static ClusterState of(Simulation simulation) {
        simulation.kernel().clock().pass(REST);
        ClusterSnapshot snapshot = Snapshots.of(simulation.world(), "compared");
        LeftOut leftOut = leftOut(snapshot);
        ClusterState state = new ClusterState();
        ObjectStore objects = simulation.kernel().objects();
        objects.list("VolumeAttachment").forEach(attachment -> leftOut.name(objectKey(attachment)));
        for (String kind : objects.kinds()) {
            objects.list(kind).stream()
                    .filter(tree -> !kind.equals("Pod") && !leftOut.object(kind, tree))
                    .forEach(tree -> state.add(kind, objectKey(tree), Form.of(tree, leftOut), leftOut));
        }
        Codec codec = Codec.builder().build();
        snapshot.resources()
                .filter(resource -> byRecord(resource) && !leftOut.resource(resource))
                .forEach(resource -> state.add(
                        resource.part().toString(),
                        resource.key(),
                        Form.of(tree(codec, leftOut.withoutPods(resource)), leftOut),
                        leftOut));
        state.objects.values().forEach(forms -> forms.sort(Form.ORDER));
        return state;
    }

    /** What is not the same in the other one, an object and a field a line; empty when both are the same. */
    public List<String> differences(ClusterState other) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(objects.keySet());
        names.addAll(other.objects.keySet());
        for (String name : names) {
            List<Form> here = new ArrayList<>(objects.getOrDefault(name, List.of()));
            List<Form> there = new ArrayList<>(other.objects.getOrDefault(name, List.of()));
            here.removeIf(there::remove);
            for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
                Form one = i < here.size() ? here.get(i) : Form.NONE;
                Form two = i < there.size() ? there.get(i) : Form.NONE;
                one.differences(two).forEach(difference -> differences.add(name + ": " + difference));
            }
        }
        return differences;
    }

    /** Pods too: of those that it began with, the cluster knows what their records say. */
    private static boolean byRecord(Resource resource) {
        return resource.part() == Part.PODS || resource.part().source() != Part.Source.KUBERNETES;
    }

    private void add(String kind, String key, Form form, LeftOut leftOut) {
        String name = kind.toLowerCase(Locale.ROOT) + " " + leftOut.text(key);
        objects.computeIfAbsent(name, n -> new ArrayList<>()).add(form);
    }

    private static String objectKey(Map<String, Object> tree) {
        String namespace = Tree.text(tree, "metadata", "namespace").orElse("");
        String name = Tree.text(tree, "metadata", "name").orElse("");
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private static LeftOut leftOut(ClusterSnapshot snapshot) {
        LeftOut leftOut = new LeftOut();
        snapshot.nodes().forEach(node -> {
            leftOut.name(node.name());
            leftOut.name(node.address());
        });
        snapshot.instances().forEach(instance -> {
            leftOut.name(instance.id());
            leftOut.name(instance.privateAddress());
        });
        snapshot.targetGroups().stream()
                .map(TargetGroup::arn)
                .forEach(arn -> leftOut.name(arn.substring(arn.lastIndexOf('/') + 1)));
        snapshot.nodeGroups().stream()
                .filter(group -> group.kind() == NodeGroup.Kind.MANAGED)
                .forEach(group -> group.autoScalingGroup().ifPresent(leftOut::name));
        snapshot.pods().forEach(pod -> {
            leftOut.name(pod.name());
            pod.address().ifPresent(leftOut::name);
            pod.controller().filter(owner -> owner.kind().equals("Job")).ifPresent(job -> leftOut.ofJob(pod));
        });
        snapshot.networkInterfaces().stream()
                .filter(face -> face.instance().isPresent())
                .forEach(face -> {
                    leftOut.name(face.id());
                    leftOut.name(face.description());
                    face.addresses().forEach(leftOut::name);
                    face.prefixes().forEach(prefix -> leftOut.name(prefix.toString()));
                });
        snapshot.ciliumNodes().stream()
                .map(CiliumNode::podCidrs)
                .flatMap(Collection::stream)
                .forEach(cidr -> leftOut.name(cidr.toString()));
        return leftOut;
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> Map<String, Object> tree(Codec codec, R resource) {
        Class<R> type = (Class<R>) resource.getClass();
        return (Map<String, Object>) Objects.requireNonNull(codec.toTree(type, resource, Style.DOCUMENT));
    }
}
