package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.FenceAwsNode;
import io.cnishift.engine.fact.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Restricts aws-node to labelled nodes.
 *
 * <ol>
 *   <li>Every node that needs aws-node carries the label; a node that joined a moment ago is waited for, an older one blocks.
 *   <li>The node selector is set. That rolls aws-node, as any change of the template does.
 *   <li>If aws-node then wants fewer nodes than carry the label, the selector is taken away at once and the step blocks.
 *   <li>The roll is waited for.
 * </ol>
 *
 * Invariant: no node that needs aws-node loses it. The fence is looked after until the CNI is removed: a selector that an
 * owner took away is set again.
 */
final class FenceAwsNodeHandler implements StepHandler<FenceAwsNode> {

    private static final Duration YOUNG = Duration.ofMinutes(5);
    private static final Duration SCHEDULED_WITHIN = Duration.ofMinutes(1);
    private static final Duration SHOWN = Duration.ofMinutes(1);

    @Override
    public StepOutcome next(View view, FenceAwsNode params, Progress progress) {
        Optional<Workload> awsNode = view.awsNode();
        if (awsNode.isEmpty()) {
            return Outcomes.done("there is no aws-node to fence");
        }
        return fenced(awsNode.get(), params)
                ? inForce(view, awsNode.get(), params, progress)
                : before(view, awsNode.get(), params, progress);
    }

    private static StepOutcome before(View view, Workload awsNode, FenceAwsNode params, Progress progress) {
        Optional<Progress.Entry> taken = progress.last(
                        PatchObject.class, Refs.of(awsNode).toString())
                .filter(e -> e.act().equals(selector(awsNode, params.key(), null)))
                .filter(e -> e.at().plus(SHOWN).isAfter(progress.now()))
                .filter(e -> !e.at().isBefore(progress.underWaySince()));
        if (taken.isPresent()) {
            return Outcomes.blocked(StepCode.FENCE_LOST_NODES.of(
                    "DaemonSet kube-system/aws-node",
                    "wanted fewer nodes than carry " + params.key() + " with the selector set; it was taken away again",
                    "compare its affinity with the labels of the nodes, then resume"));
        }
        return unlabelled(view, params, progress)
                .orElseGet(() -> new Attempts(progress)
                        .perform(
                                "restricting aws-node to nodes with " + params.key() + "=" + params.value(),
                                selector(awsNode, params.key(), params.value())));
    }

    private static StepOutcome inForce(View view, Workload awsNode, FenceAwsNode params, Progress progress) {
        if (progress.done(progress.step())) {
            return Outcomes.done("aws-node runs on labelled nodes only: " + awsNode.desired());
        }
        long labelled = view.nodes().stream()
                .filter(n -> params.value().equals(n.labels().get(params.key())))
                .filter(n -> NewSide.needsAwsNode(n, params.newSide()))
                .filter(n -> n.createdAt().plus(SCHEDULED_WITHIN).isBefore(progress.now()))
                .count();
        if (awsNode.observedGeneration() >= awsNode.generation() && awsNode.desired() < labelled) {
            return new Attempts(progress)
                    .perform(
                            "aws-node wants " + awsNode.desired() + " of " + labelled
                                    + " labelled nodes: taking the selector away",
                            selector(awsNode, params.key(), null));
        }
        return Settling.of(view, awsNode, progress)
                .orElseGet(() -> Outcomes.done("aws-node runs on labelled nodes only: " + awsNode.desired()));
    }

    @Override
    public StepOutcome back(View view, FenceAwsNode params, Progress progress) {
        Optional<Workload> awsNode = view.awsNode();
        if (awsNode.isEmpty() || Restore.first(progress, Refs.of(awsNode.get())).isEmpty()) {
            return Outcomes.done("aws-node is gone or was not fenced by us");
        }
        if (fenced(awsNode.get(), params)) {
            Optional<StepOutcome> strangers = unlabelled(view, params, progress);
            if (strangers.isPresent()) {
                return strangers.get();
            }
        }
        StepOutcome restored = Restore.of(progress, Refs.of(awsNode.get()), Optional.of(Pictures.of(awsNode.get())));
        return Outcomes.isDone(restored)
                ? everywhere(view, awsNode.get(), params, progress).orElse(restored)
                : restored;
    }

    private static Optional<StepOutcome> everywhere(
            View view, Workload awsNode, FenceAwsNode params, Progress progress) {
        long wanted = view.nodes().stream()
                .filter(n -> NewSide.needsAwsNode(n, params.newSide()))
                .filter(n -> n.createdAt().plus(SCHEDULED_WITHIN).isBefore(progress.now()))
                .count();
        boolean ours = Tree.strings(awsNode.podSpec(), "nodeSelector").isEmpty();
        return ours && awsNode.desired() < wanted
                ? Optional.of(Outcomes.notYet(
                        5, "waiting for aws-node to want " + Count.of(wanted, "node") + ", now " + awsNode.desired()))
                : Settling.of(view, awsNode, progress);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODES, Part.PODS, Part.WORKLOADS);
    }

    @Override
    public List<Fact> facts(View view, FenceAwsNode params) {
        return view.awsNode().stream()
                .flatMap(w -> Stream.of("podSpec.nodeSelector", "podSpec.affinity")
                        .map(field -> Facts.same(view, "workloads/" + w.key(), field)))
                .toList();
    }

    @Override
    public Optional<String> holdsUntil(FenceAwsNode params) {
        return Optional.of("remove-vpc-cni");
    }

    /** Nodes that would lose aws-node to the selector: young ones are waited for, others block. */
    private static Optional<StepOutcome> unlabelled(View view, FenceAwsNode params, Progress progress) {
        List<Node> nodes = view.nodes().stream()
                .filter(n -> NewSide.needsAwsNode(n, params.newSide()))
                .filter(n -> !params.value().equals(n.labels().get(params.key())))
                .toList();
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        String names = nodes.stream().map(Node::name).limit(3).collect(Collectors.joining(", "));
        Instant young = progress.now().minus(YOUNG);
        boolean allYoung = nodes.stream().allMatch(n -> n.createdAt().isAfter(young));
        return Optional.of(
                allYoung
                        ? Outcomes.notYet(5, "waiting for the label " + params.key() + " on new nodes: " + names)
                        : Outcomes.blocked(StepCode.NODE_UNLABELLED.of(
                                nodes.size() == 1 ? "Node " + names : nodes.size() + " nodes",
                                "without the label " + params.key() + "=" + params.value() + ": " + names,
                                "add their group to the step that labels, or label them by hand")));
    }

    private static boolean fenced(Workload awsNode, FenceAwsNode params) {
        return params.value()
                .equals(Tree.strings(awsNode.podSpec(), "nodeSelector").get(params.key()));
    }

    private static PatchObject selector(Workload awsNode, String key, @Nullable String value) {
        Map<String, @Nullable Object> selector = new LinkedHashMap<>();
        selector.put(key, value);
        Map<String, Object> template = Map.of("spec", Map.of("nodeSelector", selector));
        return new PatchObject(
                Refs.of(awsNode),
                value == null ? PatchType.MERGE : PatchType.STRATEGIC,
                Map.of("spec", Map.of("template", template)),
                Optional.empty());
    }
}
