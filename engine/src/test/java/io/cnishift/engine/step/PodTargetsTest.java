package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.step.RollNodes.Singletons;
import io.cnishift.engine.step.Disruptions.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pods that a load balancer sends to by their addresses, while they move. */
final class PodTargetsTest {

    private static final Pod FIRST = pod("api-1", "10.0.0.1");
    private static final Pod SECOND = pod("api-2", "10.0.0.2");
    private static final Workload API = Make.workload("Deployment", "web", "api", 2)
            .strategy("RollingUpdate", "1", "1")
            .build();

    private final Scene scene = Scene.of(Make.service("web", "api", Map.of("app", "api")), FIRST, SECOND, API);
    private final FakeProgress progress = new FakeProgress();

    private static Pod pod(String name, String address) {
        return Make.pod("web", name).of("api").address(address).on("n1").build();
    }

    private Verdict evicting(Pod pod) {
        View view = scene.view();
        SurgeMove surge = new SurgeMove(view, progress, false);
        return new Disruptions(view, progress, Singletons.ROLLOUT, surge).of(pod);
    }

    @Test
    void isEvictedWhileAnotherTargetIsHealthy() {
        scene.with(Make.targets("tg-1", "ip", "web/api", "10.0.0.1=healthy", "10.0.0.2=healthy"));
        assertThat(evicting(FIRST).kind()).isEqualTo(Verdict.Kind.EVICT);
    }

    @Test
    void waitsWhileTheOthersAreNotHealthyYetAlthoughTheyAreReady() {
        scene.with(Make.targets("tg-1", "ip", "web/api", "10.0.0.1=healthy", "10.0.0.2=initial"));
        assertThat(evicting(FIRST)).satisfies(v -> {
            assertThat(v.kind()).isEqualTo(Verdict.Kind.WAIT);
            assertThat(v.reason()).isEqualTo("target group tg-1, no other target is healthy yet");
        });
        assertThat(evicting(SECOND).kind()).as("the first stays").isEqualTo(Verdict.Kind.EVICT);
    }

    @Test
    void countsNoTargetOfAPodThatIsOnItsWayOut() {
        scene.with(
                pod("api-3", "10.0.0.3"),
                Make.workload("Deployment", "web", "api", 3)
                        .strategy("RollingUpdate", "1", "2")
                        .build(),
                Make.targets("tg-1", "ip", "web/api", "10.0.0.1=healthy", "10.0.0.2=healthy", "10.0.0.3=initial"));
        assertThat(evicting(FIRST).kind()).isEqualTo(Verdict.Kind.EVICT);
        progress.did(Disruptions.evict(SECOND), Map.of());
        assertThat(evicting(FIRST).reason()).contains("target group tg-1");
    }

    @Test
    void doesNotCareForTargetsThatAreNodes() {
        scene.with(Make.targets("tg-1", "instance", "web/api", "i-1=initial"));
        assertThat(evicting(FIRST).kind()).isEqualTo(Verdict.Kind.EVICT);
    }

    @Test
    void aRolloutCountsNewPodsOnlyAfterTheHealthChecksAndHasItsEarlierValueInTheEnd() {
        scene.with(Make.targets("tg-1", "ip", "web/api", "10.0.0.1=healthy", "10.0.0.2=healthy"));
        List<io.cnishift.api.cluster.Node> onto = List.of(Make.node("n2").build());
        Act act = Scene.act(
                new SurgeMove(scene.view(), progress, false).next(API, onto).orElseThrow());
        Map<String, Object> spec = Tree.map(((PatchObject) act).patch(), "spec");
        assertThat(Tree.number(spec, 0, "minReadySeconds")).isGreaterThan(30);

        progress.did(act, Map.of("spec", Map.of("minReadySeconds", 7)));
        List<Act> back = new SurgeMove(scene.view(), progress, false).strategies();
        Map<String, Object> earlier = new HashMap<>(Map.of("minReadySeconds", 7));
        assertThat(back).map(a -> Tree.map(((PatchObject) a).patch(), "spec")).contains(earlier);
        back.forEach(a -> progress.did(a, Map.of()));
        assertThat(new SurgeMove(scene.view(), progress, false).strategies())
                .map(a -> Tree.map(((PatchObject) a).patch(), "spec"))
                .doesNotContain(earlier);
    }

    @Test
    void aRolloutWithoutSuchALoadBalancerIsLeftAsItIs() {
        List<io.cnishift.api.cluster.Node> onto = List.of(Make.node("n2").build());
        Act act = Scene.act(
                new SurgeMove(scene.view(), progress, false).next(API, onto).orElseThrow());
        assertThat(Tree.map(((PatchObject) act).patch(), "spec")).doesNotContainKey("minReadySeconds");
    }
}
