package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a roll writes on nodes: the taint that keeps new pods away softly, the annotation that says by which step a node is
 * drained, and the label that keeps load balancers away. A label that somebody else gave has another value and stays.
 */
final class NodeMarks {

    static final String TAINT = "cnishift.io/draining";
    static final String DRAIN = RollNodes.DRAIN;
    private static final String OURS = "cnishift";

    private NodeMarks() {}

    /** Keeps new pods away where there is another place. Taints are one list to the API, so it is written whole. */
    static Act taint(Node node) {
        List<Taint> taints = new ArrayList<>(node.taints());
        taints.add(new Taint(TAINT, "", "PreferNoSchedule"));
        return taints(node, taints);
    }

    /** Marks the beginning of a drain; {@code mark} names the step. */
    static Act drain(Node node, String mark) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("annotations", Map.of(DRAIN, mark));
        if (!node.labels().containsKey(TargetHealth.EXCLUDED)) {
            metadata.put("labels", Map.of(TargetHealth.EXCLUDED, OURS));
        }
        return new PatchObject(Refs.of(node), PatchType.MERGE, Map.of("metadata", metadata), Optional.empty());
    }

    /** Keeps load balancers away from a node whose drain has not begun. */
    static Act exclude(Node node) {
        Map<String, Object> labels = Map.of("labels", Map.of(TargetHealth.EXCLUDED, OURS));
        return new PatchObject(Refs.of(node), PatchType.MERGE, Map.of("metadata", labels), Optional.empty());
    }

    static boolean excludedByUs(Node node) {
        return OURS.equals(node.labels().get(TargetHealth.EXCLUDED));
    }

    static boolean draining(Node node, String mark) {
        return mark.equals(node.annotations().get(DRAIN));
    }

    /** What takes our marks from a node, one act after the other; none when it has none. */
    static Optional<Act> clean(Node node, Progress progress) {
        boolean marked = node.annotations().containsKey(DRAIN) || excludedByUs(node);
        if (marked) {
            return Optional.of(unmark(node));
        }
        if (node.tainted(TAINT)) {
            List<Taint> left =
                    node.taints().stream().filter(t -> !t.key().equals(TAINT)).toList();
            return Optional.of(taints(node, left));
        }
        return uncordon(node, progress);
    }

    /** Lets pods start on a node that this step cordoned. */
    static Optional<Act> uncordon(Node node, Progress progress) {
        boolean ours = progress.last(CordonNode.class, new CordonNode(node.name(), node.uid()).target())
                .filter(e -> ((CordonNode) e.act()).uid().equals(node.uid()))
                .isPresent();
        return node.unschedulable() && ours ? Optional.of(new UncordonNode(node.name(), node.uid())) : Optional.empty();
    }

    private static Act unmark(Node node) {
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
        annotations.put(DRAIN, null);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("annotations", annotations);
        if (excludedByUs(node)) {
            Map<String, @Nullable Object> labels = new LinkedHashMap<>();
            labels.put(TargetHealth.EXCLUDED, null);
            metadata.put("labels", labels);
        }
        return new PatchObject(Refs.of(node), PatchType.MERGE, Map.of("metadata", metadata), Optional.empty());
    }

    private static Act taints(Node node, List<Taint> taints) {
        List<Map<String, Object>> list = taints.stream().map(NodeMarks::tree).toList();
        return new PatchObject(
                Refs.of(node),
                PatchType.MERGE,
                Map.of("spec", Map.of("taints", list)),
                Optional.of(node.resourceVersion()));
    }

    private static Map<String, Object> tree(Taint taint) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("key", taint.key());
        if (!taint.value().isEmpty()) {
            tree.put("value", taint.value());
        }
        tree.put("effect", taint.effect());
        return tree;
    }
}
