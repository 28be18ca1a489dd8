package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Remembered;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.LabelNodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Labels the Linux nodes of the groups and keeps doing so for nodes that join later, until the fence is taken down. Nodes
 * that the new CNI wires are left out: with nodes replaced within a group, they must not get aws-node.
 */
final class LabelNodesHandler implements StepHandler<LabelNodes> {

    @Override
    public StepOutcome next(View view, LabelNodes params, Progress progress) {
        List<Node> without = new ArrayList<>();
        long count = 0;
        for (String group : params.groups()) {
            Labelled labelled =
                    view.unlessGroupChanged(group, new LabelledOf(params.key(), params.value(), params.newSide()));
            without.addAll(labelled.without());
            count += labelled.count();
        }
        if (without.isEmpty()) {
            return Outcomes.done(Count.of(count, "node") + " labelled " + params.key() + "=" + params.value());
        }
        return new Attempts(progress)
                .perform(
                        "labelling " + Count.of(without.size(), "node") + " " + params.key() + "=" + params.value(),
                        without.stream()
                                .map(n -> label(n, params.key(), params.value()))
                                .toList());
    }

    /** @param without the nodes of a group that want the label and have another value of it, or none */
    private record Labelled(List<Node> without, long count) {}

    private record LabelledOf(String key, String value, String newSide) implements Remembered<Labelled> {
        @Override
        public Labelled workedOut(View view, String group) {
            List<Node> all = view.nodesOf(group);
            return new Labelled(
                    all.stream()
                            .filter(n -> NewSide.needsAwsNode(n, newSide))
                            .filter(n -> !value.equals(n.labels().get(key)))
                            .toList(),
                    all.stream().filter(n -> n.labels().containsKey(key)).count());
        }
    }

    @Override
    public StepOutcome back(View view, LabelNodes params, Progress progress) {
        List<Node> ours = nodes(view, params)
                .filter(n -> params.value().equals(n.labels().get(params.key())))
                .filter(n -> labelledByUs(view, n, params, progress))
                .toList();
        if (ours.isEmpty()) {
            return Outcomes.done("no node carries our label " + params.key());
        }
        Optional<Workload> fenced = view.awsNode().filter(w -> selects(w, params.key()));
        if (fenced.isPresent()) {
            return Outcomes.blocked(StepCode.NODE_UNLABELLED.of(
                    "DaemonSet kube-system/aws-node",
                    "still selects nodes by " + params.key() + ", so " + Count.of(ours.size(), "node")
                            + " would lose their CNI with the label",
                    "take the node selector away first: kubectl -n kube-system edit daemonset/aws-node"));
        }
        return new Attempts(progress)
                .perform(
                        "taking the label " + params.key() + " from " + Count.of(ours.size(), "node"),
                        ours.stream().map(n -> label(n, params.key(), null)).toList());
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODES, Part.INSTANCES, Part.NODE_GROUPS, Part.WORKLOADS);
    }

    @Override
    public List<Fact> facts(View view, LabelNodes params) {
        return params.groups().stream()
                .map(g -> Fact.equal("node-groups/" + g, "name", g))
                .toList();
    }

    @Override
    public Optional<String> holdsUntil(LabelNodes params) {
        return Optional.of("remove-vpc-cni");
    }

    private static Stream<Node> nodes(View view, LabelNodes params) {
        return params.groups().stream().flatMap(g -> view.nodesOf(g).stream());
    }

    /** By an act of ours, or later than the step began without the template of its group giving the label. */
    private static boolean labelledByUs(View view, Node node, LabelNodes params, Progress progress) {
        Optional<Progress.Entry> first = Restore.first(progress, Refs.of(node));
        if (first.isPresent()) {
            return Tree.text(first.get().before(), "metadata", "labels", params.key())
                    .filter(params.value()::equals)
                    .isEmpty();
        }
        Instant begun = progress.begunAt().orElse(progress.now());
        boolean template = view.groupOf(node)
                .filter(g -> g.labels().containsKey(params.key()))
                .isPresent();
        return node.createdAt().isAfter(begun) && !template;
    }

    private static boolean selects(Workload workload, String key) {
        return Tree.strings(workload.podSpec(), "nodeSelector").containsKey(key);
    }

    private static PatchObject label(Node node, String key, @Nullable String value) {
        Map<String, @Nullable Object> labels = new LinkedHashMap<>();
        labels.put(key, value);
        return new PatchObject(
                Refs.of(node), PatchType.MERGE, Map.of("metadata", Map.of("labels", labels)), Optional.empty());
    }
}
