package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.step.LabelNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LabelNodesTest {

    private static final LabelNodes PARAMS = new LabelNodes(List.of("old"), Make.ENABLED, "true", Make.CILIUM);
    private final LabelNodesHandler handler = new LabelNodesHandler();
    private final FakeProgress progress = new FakeProgress();
    private final Scene scene = Scene.of(
            Make.group("old", 2).build(),
            Make.group("new", 1).build(),
            Make.instance("i-n1", "old"),
            Make.instance("i-n2", "old"),
            Make.instance("i-x", "new"),
            Make.node("n1").build(),
            Make.node("n2").label(Make.ENABLED, "true").build(),
            Make.node("x").build());

    private static PatchObject label(String node, String value) {
        Map<String, Object> labels = new HashMap<>();
        labels.put(Make.ENABLED, value);
        return new PatchObject(
                ObjectRef.of("v1", "Node", node),
                PatchType.MERGE,
                Map.of("metadata", Map.of("labels", labels)),
                Optional.empty());
    }

    @Test
    void labelsTheNodesOfItsGroupsThatLackIt() {
        assertThat(Scene.acts(handler.next(scene.view(), PARAMS, progress))).containsExactly(label("n1", "true"));
        scene.with(Make.node("n1").label(Make.ENABLED, "true").build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).startsWith("2 nodes labelled");
    }

    @Test
    void labelsNodesThatJoinLater() {
        scene.with(Make.node("n1").label(Make.ENABLED, "true").build());
        progress.finished();
        scene.with(Make.instance("i-n3", "old"), Make.node("n3").build());
        assertThat(Scene.acts(handler.next(scene.view(), PARAMS, progress))).containsExactly(label("n3", "true"));
        assertThat(handler.holdsUntil(PARAMS)).contains("remove-vpc-cni");
    }

    @Test
    void leavesNodesOutThatTheNewCniWires() {
        scene.with(
                Make.instance("i-n3", "old"),
                Make.node("n1").label(Make.ENABLED, "true").build(),
                Make.node("n3").label(Make.CILIUM, "true").build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).startsWith("2 nodes");
    }

    @Test
    void takesOnlyItsOwnLabelsAway() {
        progress.did(label("n1", "true"), Map.of("metadata", Map.of("labels", Map.of())));
        scene.with(
                Make.node("n1").label(Make.ENABLED, "true").build(),
                Make.awsNode(2).build());
        List<Act> acts = Scene.acts(handler.back(scene.view(), PARAMS, progress.later(60)));
        assertThat(acts).containsExactly(label("n1", null));
        scene.with(Make.node("n1").build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).startsWith("no node");
    }

    @Test
    void knowsItsLabelOfAnActWhoseOutcomeWasLost() {
        progress.lost(label("n1", "true"), Map.of("metadata", Map.of("labels", Map.of())));
        scene.with(Make.node("n1").label(Make.ENABLED, "true").build());
        assertThat(Scene.acts(handler.back(scene.view(), PARAMS, progress.later(60))))
                .containsExactly(label("n1", null));
    }

    @Test
    void takesTheLabelFromNodesThatCameDuringTheStepButNotIfTheirTemplateGivesIt() {
        scene.with(Make.node("n1")
                .label(Make.ENABLED, "true")
                .born(FakeProgress.START.plusSeconds(5))
                .build());
        assertThat(Scene.acts(handler.back(scene.view(), PARAMS, progress.later(60))))
                .containsExactly(label("n1", null));
        scene.with(Make.group("old", 2).labels(Map.of(Make.ENABLED, "true")).build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).startsWith("no node");
    }

    @Test
    void keepsTheLabelsWhileAwsNodeSelectsByThem() {
        progress.did(label("n1", "true"), Map.of());
        scene.with(
                Make.node("n1").label(Make.ENABLED, "true").build(),
                Make.awsNode(2)
                        .spec(Map.of("nodeSelector", Map.of(Make.ENABLED, "true")))
                        .build());
        assertThat(Scene.blocked(handler.back(scene.view(), PARAMS, progress))).contains("would lose their CNI");
    }
}
