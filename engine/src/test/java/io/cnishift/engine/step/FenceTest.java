package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.step.FenceAwsNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FenceTest {

    private static final FenceAwsNode PARAMS = new FenceAwsNode(Make.ENABLED, "true", Make.CILIUM);
    private final FenceAwsNodeHandler handler = new FenceAwsNodeHandler();
    private final FakeProgress progress = new FakeProgress();

    private static Scene labelled() {
        return Scene.of(
                Make.node("n1").label(Make.ENABLED, "true").build(),
                Make.node("n2").label(Make.ENABLED, "true").build());
    }

    private static Workload fenced(int desired) {
        return Make.awsNode(desired)
                .spec(Map.of("nodeSelector", Map.of(Make.ENABLED, "true")))
                .build();
    }

    private static Map<String, Object> selector(String value) {
        Map<String, Object> labels = new HashMap<>();
        labels.put(Make.ENABLED, value);
        return Map.of("spec", Map.of("template", Map.of("spec", Map.of("nodeSelector", labels))));
    }

    @Test
    void setsTheSelectorOnceAllNodesCarryTheLabel() {
        Scene scene = labelled().with(Make.awsNode(2).build());
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress));
        assertThat(act.target()).isEqualTo("DaemonSet kube-system/aws-node");
        assertThat(act.type()).isEqualTo(PatchType.STRATEGIC);
        assertThat(act.patch()).isEqualTo(selector("true"));
    }

    @Test
    void refusesWhileANodeLacksTheLabel() {
        Scene scene = labelled().with(Make.awsNode(3).build(), Make.node("n3").build());
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-NODE-UNLABELLED Node n3");
    }

    @Test
    void waitsForTheLabelOnANodeThatJustJoined() {
        Scene scene = labelled()
                .with(
                        Make.awsNode(3).build(),
                        Make.node("n3")
                                .born(FakeProgress.START.minusSeconds(60))
                                .build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("n3");
    }

    @Test
    void doesNotWantTheLabelOnNodesOfTheNewSideNorOnFargateNorOnWindows() {
        Scene scene = labelled()
                .with(
                        Make.awsNode(2).build(),
                        Make.node("new").label(Make.CILIUM, "true").build(),
                        Make.node("fargate")
                                .label("eks.amazonaws.com/compute-type", "fargate")
                                .build(),
                        Make.node("win").label("kubernetes.io/os", "windows").build());
        assertThat(Scene.acts(handler.next(scene.view(), PARAMS, progress))).hasSize(1);
    }

    @Test
    void waitsForTheRollThatTheSelectorCauses() {
        Scene scene = labelled()
                .with(Make.awsNode(2)
                        .spec(Map.of("nodeSelector", Map.of(Make.ENABLED, "true")))
                        .rolling(1, 1)
                        .build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress)))
                .isEqualTo("waiting for DaemonSet kube-system/aws-node: 1 of 2 pods updated, 1 available");
        scene.with(fenced(2));
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("2");
    }

    @Test
    void takesTheSelectorAwayAtOnceWhenNodesAreLostAndThenBlocks() {
        Scene scene = labelled().with(fenced(1));
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress));
        assertThat(act.patch()).isEqualTo(selector(null));
        progress.did(act, Map.of()).later(5);
        scene.with(Make.awsNode(2).build());
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress))).startsWith("STEP-FENCE-LOST-NODES");
        progress.later(1).resumed();
        assertThat(Scene.acts(handler.next(scene.view(), PARAMS, progress))).hasSize(1);
    }

    @Test
    void holdsAfterItsEndAndSetsTheSelectorAgainWhenAnOwnerTookIt() {
        progress.finished();
        Scene scene = labelled()
                .with(fenced(1), Make.node("new").label(Make.CILIUM, "true").build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isNotEmpty();
        scene.with(Make.awsNode(3).build());
        assertThat(((PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress))).patch())
                .isEqualTo(selector("true"));
        assertThat(handler.holdsUntil(PARAMS)).contains("remove-vpc-cni");
    }

    @Test
    void goesBackByTakingItsSelectorAwayAndWaitsUntilAwsNodeIsEverywhere() {
        PatchObject set = (PatchObject)
                Scene.act(handler.next(labelled().with(Make.awsNode(2).build()).view(), PARAMS, progress));
        progress.did(set, Map.of("spec", Map.of("template", Map.of("spec", Map.of("hostNetwork", true)))));
        progress.later(600).turnedBack();
        Scene scene = labelled().with(fenced(2));
        PatchObject act = (PatchObject) Scene.act(handler.back(scene.view(), PARAMS, progress));
        assertThat(act.type()).isEqualTo(PatchType.MERGE);
        Map<String, Object> away = new HashMap<>();
        away.put("nodeSelector", null);
        assertThat(act.patch()).isEqualTo(Map.of("spec", Map.of("template", Map.of("spec", away))));
        progress.did(act, Map.of());
        scene.with(Make.awsNode(1).build());
        assertThat(Scene.waiting(handler.back(scene.view(), PARAMS, progress))).contains("to want 2 nodes");
        scene.with(Make.awsNode(2).build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("as before");
    }

    @Test
    void doesNotGoBackWhileNodesThatMustNotGetAwsNodeExist() {
        progress.did(
                new PatchObject(Refs.of(fenced(2)), PatchType.STRATEGIC, selector("true"), java.util.Optional.empty()),
                Map.of());
        Scene scene = labelled().with(fenced(2), Make.node("stranger").build());
        assertThat(Scene.blocked(handler.back(scene.view(), PARAMS, progress))).contains("stranger");
    }

    @Test
    void leavesASelectorOfAnotherValueAndSaysSo() {
        progress.did(
                new PatchObject(Refs.of(fenced(2)), PatchType.STRATEGIC, selector("true"), java.util.Optional.empty()),
                Map.of());
        Scene scene = labelled()
                .with(Make.awsNode(2)
                        .spec(Map.of("nodeSelector", Map.of(Make.ENABLED, "theirs")))
                        .build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("is now 'theirs'");
    }
}
