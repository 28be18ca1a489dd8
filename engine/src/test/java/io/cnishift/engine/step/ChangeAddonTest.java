package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.step.ChangeAddon;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChangeAddonTest {

    private static final String ROLE = "arn:aws:iam::111122223333:role/cni";
    private static final ChangeAddon PARAMS = new ChangeAddon(
            "vpc-cni",
            Map.of("enableNetworkPolicy", "false"),
            Optional.of("v1.21.0-eksbuild.1"),
            Optional.of(ROLE),
            List.of("DaemonSet/kube-system/aws-node"));
    private static final Map<String, Object> BEFORE =
            Map.of("version", "v1.20.4-eksbuild.2", "configuration", Map.of("enableNetworkPolicy", "true", "a", "b"));

    private final ChangeAddonHandler handler = new ChangeAddonHandler();
    private final FakeProgress progress = new FakeProgress();

    private static Addon addon(String version, String status, Map<String, Object> configuration, String role) {
        return new Addon(
                "vpc-cni",
                version,
                status,
                configuration,
                Optional.of(role).filter(r -> !r.isEmpty()),
                false,
                List.of("why"),
                Map.of());
    }

    private static Addon old() {
        return addon("v1.20.4-eksbuild.2", "ACTIVE", Map.of("enableNetworkPolicy", "true", "a", "b"), "");
    }

    private static Addon changed(String status) {
        return addon("v1.21.0-eksbuild.1", status, Map.of("enableNetworkPolicy", "false", "a", "b"), ROLE);
    }

    @Test
    void changesAllAtOnceAndKeepsTheRestOfTheDocument() {
        Scene scene = Scene.of(Make.awsNode(3).build(), old());

        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress)))
                .isEqualTo(new UpdateAddon(
                        "vpc-cni",
                        Map.of("enableNetworkPolicy", "false", "a", "b"),
                        Optional.of("v1.21.0-eksbuild.1"),
                        Optional.of(ROLE)));
    }

    @Test
    void waitsForTheAddonAndThenForItsPods() {
        Scene scene = Scene.of(Make.awsNode(3).rolling(1, 3).build(), changed("UPDATING"));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("UPDATING");

        scene.with(changed("ACTIVE"));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("1 of 3 pods updated");

        scene.with(Make.awsNode(3).build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("v1.21.0-eksbuild.1");

        scene.with(changed("DEGRADED"));
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-ADDON-UNHEALTHY add-on vpc-cni: is DEGRADED: why");
    }

    @Test
    void givesBackWhatIsStillItsOwn() {
        progress.did(new UpdateAddon("vpc-cni", Map.of()), BEFORE).later(600);
        Scene scene = Scene.of(Make.awsNode(3).build(), changed("ACTIVE"));

        assertThat(Scene.act(handler.back(scene.view(), PARAMS, progress)))
                .isEqualTo(new UpdateAddon(
                        "vpc-cni",
                        Map.of("enableNetworkPolicy", "true", "a", "b"),
                        Optional.of("v1.20.4-eksbuild.2"),
                        Optional.of("")));

        scene.with(old());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("as before");
    }

    @Test
    void leavesAndNamesWhatSomebodyElseChanged() {
        progress.did(new UpdateAddon("vpc-cni", Map.of()), BEFORE).later(600);
        Scene scene = Scene.of(
                Make.awsNode(3).build(),
                addon("v1.22.0-eksbuild.1", "ACTIVE", Map.of("enableNetworkPolicy", "theirs"), "arn:other"));

        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress)))
                .contains(
                        "configuration.enableNetworkPolicy was 'true' before, was set to 'false' and is now 'theirs'");
    }

    @Test
    void reliesOnVersionAndOnTheKeysThatItChanges() {
        Scene scene = Scene.of(Make.awsNode(3).build(), old());

        assertThat(handler.facts(scene.view(), PARAMS))
                .containsExactly(
                        Fact.equal("addons/vpc-cni", "version", "v1.20.4-eksbuild.2"),
                        Fact.equal("addons/vpc-cni", "serviceAccountRole", "<absent>"),
                        Fact.equal("addons/vpc-cni", "configuration.enableNetworkPolicy", "true"));
    }
}
