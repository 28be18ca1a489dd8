package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePoolProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** NodePools as they are written in Kubernetes, kept as node groups of the same name with as many nodes as they have. */
final class NodePools {

    static final String LABEL = "karpenter.sh/nodepool";
    private static final String MANAGER = "karpenter";

    private final Cloud cloud;
    private final Ec2 ec2;
    private final ObjectStore objects;

    private NodePools(Kernel kernel) {
        Objects.requireNonNull(kernel, "kernel");
        cloud = Cloud.of(kernel);
        ec2 = Ec2.of(kernel);
        objects = kernel.objects();
    }

    /** Those of that world. */
    static NodePools of(Kernel kernel) {
        return kernel.shared(NodePools.class, NodePools::new);
    }

    /** From now on groups follow what is written, and what runs. */
    void follow() {
        objects.listen(
                "NodePool", (before, after) -> changed(after.or(() -> before).orElseThrow()));
        objects.listen("EC2NodeClass", (before, after) -> after.ifPresent(this::classChanged));
        cloud.listen(change -> {
            if (change.part() == Part.INSTANCES) {
                counted(change);
            }
        });
        objects.list("NodePool").stream()
                .map(ObjectKey::of)
                .map(ObjectKey::name)
                .filter(name -> cloud.group(name).isEmpty())
                .toList()
                .forEach(this::write);
    }

    /** Names of the pools in the order in which they are tried: the heaviest first. */
    List<String> byWeight() {
        return objects.list("NodePool").stream()
                .sorted(Comparator.comparing((Map<String, Object> p) -> -Tree.number(p, 0, "spec", "weight"))
                        .thenComparing(p -> ObjectKey.of(p).name()))
                .map(p -> ObjectKey.of(p).name())
                .toList();
    }

    /** What is written of a pool. */
    Optional<Map<String, Object>> written(String pool) {
        return objects.get("NodePool", "", pool);
    }

    /** What is written of the node class of a pool; an empty tree when it is not there. */
    Map<String, Object> classOf(Map<String, Object> pool) {
        return Tree.text(pool, "spec", "template", "spec", "nodeClassRef", "name")
                .flatMap(name -> objects.get("EC2NodeClass", "", name))
                .orElse(Map.of());
    }

    /** How many instances of a pool run or are about to. */
    int live(String pool) {
        return cloud.group(pool).map(g -> Scaler.live(cloud, g).size()).orElse(0);
    }

    /** Takes a node away together with its instance. */
    void remove(String node) {
        Optional<String> instance =
                objects.get("Node", "", node).map(KubeProjection::node).flatMap(Node::instance);
        objects.delete("Node", "", node, Optional.empty());
        instance.ifPresent(ec2::terminate);
    }

    /** Labels that Karpenter gives nodes of a pool by itself. */
    static Map<String, String> labels(NodeGroup pool) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(LABEL, pool.name());
        labels.put("karpenter.sh/capacity-type", pool.capacityType());
        labels.put("karpenter.sh/initialized", "true");
        labels.put("karpenter.sh/registered", "true");
        return labels;
    }

    /** The template of a group, for a pool with the taints that its nodes have at first. */
    static Template withStartupTaints(Kernel kernel, NodeGroup group, Template template) {
        List<Taint> startup = group.kind() == NodeGroup.Kind.KARPENTER
                ? of(kernel)
                        .written(group.name())
                        .map(NodePoolProjection::startupTaints)
                        .orElse(List.of())
                : List.of();
        return template.with(startup);
    }

    /** The template of a pool with what its node class says of the metadata service: 1 unless it says something else. */
    Template withHopLimit(NodeGroup pool, Template template) {
        return written(pool.name())
                .map(this::classOf)
                .map(c -> (int) Tree.number(c, 1, "spec", "metadataOptions", "httpPutResponseHopLimit"))
                .map(template::withHopLimit)
                .orElse(template);
    }

    private void changed(Map<String, Object> pool) {
        String name = ObjectKey.of(pool).name();
        if (written(name).isPresent()) {
            write(name);
        } else {
            cloud.group(name).filter(g -> g.kind() == NodeGroup.Kind.KARPENTER).ifPresent(this::end);
        }
    }

    /** Nodes of a pool that is deleted go with it. */
    private void end(NodeGroup group) {
        List<Instance> live = Scaler.live(cloud, group);
        live.forEach(i -> ec2.terminate(i.id()));
        if (cloud.view().instancesOf(group.name()).isEmpty()) {
            cloud.remove(Part.NODE_GROUPS, group.name());
        }
    }

    private void write(String name) {
        written(name).ifPresent(pool -> cloud.put(group(pool)));
    }

    private NodeGroup group(Map<String, Object> pool) {
        NodeGroup group = NodePoolProjection.group(pool, classOf(pool));
        int live = Scaler.live(cloud, group).size();
        int most = NodePoolProjection.most(pool, group.instanceTypes()).orElse(live);
        return GroupEdit.of(group).size(0, most, live).build();
    }

    private void counted(Change change) {
        Optional<String> named = change.now().map(Instance.class::cast).flatMap(Instance::nodeGroup);
        List<NodeGroup> concerned =
                new ArrayList<>(named.map(n -> cloud.group(n).map(List::of).orElse(List.of()))
                        .orElseGet(() -> List.copyOf(cloud.view().nodeGroups())));
        concerned.removeIf(g -> g.kind() != NodeGroup.Kind.KARPENTER);
        for (NodeGroup group : concerned) {
            if (written(group.name()).isEmpty()) {
                end(group);
            } else {
                int live = Scaler.live(cloud, group).size();
                cloud.put(GroupEdit.of(group).size(0, group.maxSize(), live).build());
            }
        }
    }

    private void classChanged(Map<String, Object> nodeClass) {
        List<Map<String, Object>> found = subnets(nodeClass);
        if (!found.equals(Tree.maps(nodeClass, "status", "subnets"))) {
            objects.status(ObjectKey.of(nodeClass), MANAGER, s -> Trees.with(s, found, "subnets"));
            return;
        }
        String name = ObjectKey.of(nodeClass).name();
        objects.list("NodePool").stream()
                .filter(p -> Tree.text(p, "spec", "template", "spec", "nodeClassRef", "name")
                        .filter(name::equals)
                        .isPresent())
                .map(p -> ObjectKey.of(p).name())
                .toList()
                .forEach(this::write);
    }

    /** The subnets that the selectors of a node class find, by id or by tags. */
    private List<Map<String, Object>> subnets(Map<String, Object> nodeClass) {
        List<Map<String, Object>> terms = Tree.maps(nodeClass, "spec", "subnetSelectorTerms");
        return cloud.view().all(Part.SUBNETS, Subnet.class).stream()
                .filter(s -> terms.stream().anyMatch(term -> selects(term, s)))
                .map(s -> Trees.of("id", s.id()))
                .toList();
    }

    private static boolean selects(Map<String, Object> term, Subnet subnet) {
        Map<String, String> tags = Tree.strings(term, "tags");
        return Tree.text(term, "id").map(subnet.id()::equals).orElse(!tags.isEmpty())
                && tags.entrySet().stream()
                        .allMatch(t -> subnet.tags().containsKey(t.getKey())
                                && (t.getValue().equals("*")
                                        || t.getValue().equals(subnet.tags().get(t.getKey()))));
    }
}
