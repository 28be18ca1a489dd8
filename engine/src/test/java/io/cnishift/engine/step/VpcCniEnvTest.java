package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.step.SetVpcCniEnv;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VpcCniEnvTest {

    private static final SetVpcCniEnv PARAMS =
            new SetVpcCniEnv(Map.of("WARM_IP_TARGET", "1", "WARM_ENI_TARGET", ""), Map.of("subnet-1", 5));

    private final SetVpcCniEnvHandler handler = new SetVpcCniEnvHandler();
    private final FakeProgress progress = new FakeProgress();

    private static MakeWorkload awsNode(Map<String, String> env) {
        List<Map<String, String>> items = env.entrySet().stream()
                .map(e -> Map.of("name", e.getKey(), "value", e.getValue()))
                .toList();
        return Make.awsNode(3)
                .spec(Map.of("containers", List.of(Map.of("name", "aws-node", "env", items), Map.of("name", "x"))));
    }

    @Test
    void reliesOnTheValuesThatItsListsWereMadeFrom() {
        SetVpcCniEnv lists = new SetVpcCniEnv(
                Map.of("AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", "10.9.0.0/16,10.8.0.0/16", "OTHER", "x"), Map.of());
        Scene scene = Scene.of(
                awsNode(Map.of("AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", "10.9.0.0/16"))
                        .build(),
                Make.addon("vpc-cni", "ACTIVE", Map.of()));
        String awsNode = "workloads/DaemonSet/kube-system/aws-node";
        assertThat(handler.facts(scene.view(), lists))
                .contains(
                        Fact.equal(
                                awsNode,
                                "podSpec.containers[name=aws-node].env[name=AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS].value",
                                "10.9.0.0/16"),
                        Fact.equal(awsNode, "podSpec.containers[name=aws-node].env[name=OTHER].value", "<absent>"))
                .hasSize(3);
    }

    @Test
    void mergesIntoTheConfigurationOfTheAddon() {
        Scene scene = Scene.of(
                awsNode(Map.of()).build(),
                Make.addon(
                        "vpc-cni",
                        "ACTIVE",
                        Map.of(
                                "env",
                                Map.of("A", "b", "WARM_ENI_TARGET", "2"),
                                "nodeAgent",
                                Map.of("enabled", "false"))));
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress)))
                .isEqualTo(new UpdateAddon(
                        "vpc-cni",
                        Map.of(
                                "env",
                                Map.of("A", "b", "WARM_IP_TARGET", "1"),
                                "nodeAgent",
                                Map.of("enabled", "false"))));
    }

    @Test
    void waitsForTheAddonTheDaemonSetAndTheAddresses() {
        Map<String, Object> configuration = Map.of("env", Map.of("WARM_IP_TARGET", "1"));
        Scene scene = Scene.of(
                awsNode(Map.of("WARM_ENI_TARGET", "1"))
                        .ofEks("spec.template.spec.containers[aws-node].env[WARM_ENI_TARGET].value")
                        .build(),
                Make.subnet("subnet-1", 3),
                Make.addon("vpc-cni", "UPDATING", configuration));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("UPDATING");
        scene.with(Make.addon("vpc-cni", "ACTIVE", configuration));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("to change aws-node");
        scene.with(awsNode(Map.of("WARM_IP_TARGET", "1", "WARM_ENI_TARGET", "1"))
                .ofEks("spec.template.spec.containers[aws-node].env[WARM_ENI_TARGET].value")
                .rolling(1, 3)
                .build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("1 of 3 pods updated");
        scene.with(awsNode(Map.of("WARM_IP_TARGET", "1", "WARM_ENI_TARGET", "1"))
                .ofEks("spec.template.spec.containers[aws-node].env[WARM_ENI_TARGET].value")
                .build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress)))
                .isEqualTo("subnet subnet-1 has 3 free addresses of 5 needed");
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress.later(1800))))
                .startsWith("STEP-ADDRESSES-NOT-FREED subnet subnet-1");
        scene.with(Make.subnet("subnet-1", 5));
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("3 nodes");
    }

    @Test
    void stopsAtAValueThatSomebodySetPastTheAddon() {
        Map<String, Object> configuration = Map.of("env", Map.of("WARM_IP_TARGET", "1"));
        Scene scene = Scene.of(
                awsNode(Map.of("WARM_IP_TARGET", "5"))
                        .held("spec.template.spec.containers[aws-node].env[WARM_IP_TARGET].value")
                        .build(),
                Make.subnet("subnet-1", 9),
                Make.addon("vpc-cni", "UPDATING", configuration));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("UPDATING");
        scene.with(Make.addon("vpc-cni", "ACTIVE", configuration));
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-VALUE-KEPT DaemonSet/kube-system/aws-node: WARM_IP_TARGET is '5' there, and '1' in");
        scene.with(awsNode(Map.of("WARM_IP_TARGET", "1")).build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isNotEmpty();
    }

    @Test
    void stopsAtAVariableThatWasToGoAndThatSomebodySetPastTheAddon() {
        Scene scene = Scene.of(
                awsNode(Map.of("WARM_IP_TARGET", "1", "WARM_ENI_TARGET", "2"))
                        .held("spec.template.spec.containers[aws-node].env[WARM_ENI_TARGET].value")
                        .build(),
                Make.subnet("subnet-1", 9),
                Make.addon("vpc-cni", "ACTIVE", Map.of("env", Map.of("WARM_IP_TARGET", "1"))));
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-VALUE-KEPT DaemonSet/kube-system/aws-node: WARM_ENI_TARGET is '2' there, and '' in");
    }

    @Test
    void stopsAtAVariableThatWasToGoAndThatTheAddonNeverHad() {
        Map<String, Object> after = Map.of("env", Map.of("WARM_IP_TARGET", "1"));
        Scene scene = Scene.of(
                awsNode(Map.of("WARM_IP_TARGET", "1", "WARM_ENI_TARGET", "2")).build(),
                Make.subnet("subnet-1", 9),
                Make.addon("vpc-cni", "ACTIVE", after));
        FakeProgress set = new FakeProgress()
                .did(
                        new UpdateAddon("vpc-cni", after),
                        Map.of("configuration", Map.of("env", Map.of("WARM_ENI_TARGET", "2"))));
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, set))).isNotEmpty();

        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-VALUE-KEPT DaemonSet/kube-system/aws-node: WARM_ENI_TARGET is '2' there, and '' in");
    }

    @Test
    void doesNotWaitForEverForAnAddonThatDoesNotChangeAwsNode() {
        Scene scene = Scene.of(
                awsNode(Map.of("WARM_IP_TARGET", "5")).build(),
                Make.subnet("subnet-1", 9),
                Make.addon("vpc-cni", "ACTIVE", Map.of("env", Map.of("WARM_IP_TARGET", "1"))));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress.later(299))))
                .contains("to change aws-node");
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress.later(1))))
                .startsWith("STEP-VALUE-KEPT DaemonSet/kube-system/aws-node: WARM_IP_TARGET is '5' there");
    }

    @Test
    void stopsAtAnAddonThatDoesNotRecover() {
        Scene scene = Scene.of(
                awsNode(Map.of()).build(),
                Make.addon("vpc-cni", "UPDATE_FAILED", Map.of("env", Map.of("WARM_IP_TARGET", "1"))));
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-ADDON-UNHEALTHY add-on vpc-cni: is UPDATE_FAILED: why");
    }

    @Test
    void patchesTheDaemonSetWhereNoAddonManagesIt() {
        Scene scene = Scene.of(awsNode(Map.of("WARM_ENI_TARGET", "2")).build(), Make.subnet("subnet-1", 9));
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress));
        assertThat(act.patch().toString()).contains("WARM_IP_TARGET").contains("$patch=delete");
        scene.with(awsNode(Map.of("WARM_IP_TARGET", "1")).build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isNotEmpty();
    }

    @Test
    void restoresOnlyTheValuesOfTheAddonThatAreStillOurs() {
        SetVpcCniEnv params = new SetVpcCniEnv(Map.of("A", "new", "B", "new", "C", "new"), Map.of());
        progress.did(
                        new UpdateAddon("vpc-cni", Map.of()),
                        Map.of("configuration", Map.of("env", Map.of("A", "old", "B", "old"))))
                .later(600);
        Scene scene = Scene.of(
                awsNode(Map.of()).build(),
                Make.addon("vpc-cni", "ACTIVE", Map.of("env", Map.of("A", "new", "B", "theirs", "C", "new"))));
        assertThat(Scene.act(handler.back(scene.view(), params, progress)))
                .isEqualTo(new UpdateAddon("vpc-cni", Map.of("env", Map.of("A", "old", "B", "theirs"))));
        scene.with(Make.addon("vpc-cni", "ACTIVE", Map.of("env", Map.of("A", "old", "B", "theirs"))));
        assertThat(Scene.done(handler.back(scene.view(), params, progress)))
                .contains("configuration.env.B was 'old' before, was set to 'new' and is now 'theirs'");
    }

    @Test
    void leavesNoEmptyEnvironmentBehind() {
        SetVpcCniEnv params = new SetVpcCniEnv(Map.of("A", "new"), Map.of());
        progress.did(new UpdateAddon("vpc-cni", Map.of()), Map.of("configuration", Map.of()))
                .later(600);
        Scene scene =
                Scene.of(awsNode(Map.of()).build(), Make.addon("vpc-cni", "ACTIVE", Map.of("env", Map.of("A", "new"))));
        assertThat(Scene.act(handler.back(scene.view(), params, progress)))
                .isEqualTo(new UpdateAddon("vpc-cni", Map.of()));
    }
}
