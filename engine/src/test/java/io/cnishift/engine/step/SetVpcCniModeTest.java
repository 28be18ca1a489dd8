package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.step.SetVpcCniMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SetVpcCniModeTest {

    private static final String ON = "ENABLE_PREFIX_DELEGATION";
    private static final SetVpcCniMode PARAMS = new SetVpcCniMode(Map.of(ON, "true"));

    private final SetVpcCniModeHandler handler = new SetVpcCniModeHandler();
    private final FakeProgress progress = new FakeProgress().finished();

    private static MakeWorkload awsNode(String value) {
        Map<String, Object> container = Map.of("name", "aws-node", "env", List.of(Map.of("name", ON, "value", value)));
        return Make.awsNode(3).spec(Map.of("containers", List.of(container)));
    }

    @Test
    void holdsWhileNodesAreReplacedHoweverManyAreOnTheWay() {
        Scene scene = Scene.of(awsNode("true").rolling(1, 1).build());

        assertThat(handler.holdsUntil(PARAMS)).contains("cleanup");
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isEqualTo("aws-node is in its mode");
    }

    @Test
    void setsAgainWhatAnotherTookBack() {
        Scene scene = Scene.of(awsNode("false").build());
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress));
        assertThat(act.patch().toString()).contains(ON).contains("true");

        Scene addon =
                Scene.of(awsNode("false").build(), Make.addon("vpc-cni", "ACTIVE", Map.of("env", Map.of(ON, "false"))));
        assertThat(Scene.act(handler.next(addon.view(), PARAMS, progress)))
                .isEqualTo(new UpdateAddon("vpc-cni", Map.of("env", Map.of(ON, "true"))));
    }

    @Test
    void saysWhoseValueStandsWhereTheAddonDoesNotSetItAgain() {
        Scene scene = Scene.of(
                awsNode("false")
                        .held("spec.template.spec.containers[aws-node].env[" + ON + "].value")
                        .build(),
                Make.addon("vpc-cni", "ACTIVE", Map.of("env", Map.of(ON, "true"))));
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-VALUE-KEPT DaemonSet/kube-system/aws-node: " + ON + " is 'false' there");
    }
}
