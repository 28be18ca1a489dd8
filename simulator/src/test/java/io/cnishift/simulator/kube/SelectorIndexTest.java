package io.cnishift.simulator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SelectorIndexTest {
    private final KubeWorld world = KubeWorld.healthy();
    private final AtomicInteger read = new AtomicInteger();
    private final SelectorIndex index = new SelectorIndex(world.store(), "Chooser", chooser -> {
        read.incrementAndGet();
        return Optional.of(Tree.map(chooser, "spec")).filter(s -> !s.containsKey("nobody"));
    });

    @Test
    void findsThoseThatSelectThePodInOrderOfTheirNames() {
        chooser("web", "z", Map.of("matchLabels", Map.of("app", "shop")));
        chooser("web", "b", Map.of("matchLabels", Map.of("app", "shop", "tier", "front")));
        chooser("web", "other", Map.of("matchLabels", Map.of("app", "shop", "tier", "back")));
        chooser("web", "everybody", Map.of());
        chooser("web", "nobody", Map.of("nobody", true));
        chooser("elsewhere", "a", Map.of("matchLabels", Map.of("app", "shop")));

        assertThat(selecting(Map.of("app", "shop", "tier", "front"))).containsExactly("b", "everybody", "z");
        assertThat(selecting(Map.of("app", "bank"))).containsExactly("everybody");
    }

    @Test
    void oneThatAsksForNoLabelIsTriedOnEveryPod() {
        chooser("web", "all", Map.of());
        chooser(
                "web",
                "some",
                Map.of(
                        "matchExpressions",
                        List.of(Map.of("key", "tier", "operator", "NotIn", "values", List.of("x")))));

        assertThat(selecting(Map.of("app", "shop"))).containsExactly("all", "some");
        assertThat(selecting(Map.of("tier", "x"))).containsExactly("all");
    }

    @Test
    void followsASelectorThatChangesAndForgetsWhatIsGone() {
        chooser("web", "a", Map.of("matchLabels", Map.of("app", "shop")));
        Map<String, Object> bank = Map.of("matchLabels", Map.of("app", "bank"));
        world.store().update("Chooser", "web", "a", "test", c -> Trees.with(c, bank, "spec"));

        assertThat(selecting(Map.of("app", "shop"))).isEmpty();
        assertThat(selecting(Map.of("app", "bank"))).containsExactly("a");
        world.store().remove("Chooser", "web", "a");
        assertThat(selecting(Map.of("app", "bank"))).isEmpty();
    }

    @Test
    void triesOnlyThoseThatAskForALabelOfThePod() {
        for (int i = 0; i < 50; i++) {
            chooser("web", "c" + i, Map.of("matchLabels", Map.of("app", "app-" + i)));
        }
        read.set(0);

        assertThat(selecting(Map.of("app", "app-7"))).containsExactly("c7");
        assertThat(read).hasValue(1);
    }

    private List<String> selecting(Map<String, String> labels) {
        Map<String, Object> pod =
                Trees.of("kind", "Pod", "metadata", Trees.of("namespace", "web", "name", "p", "labels", labels));
        return index.selecting(pod).stream().map(c -> Pods.key(c).name()).toList();
    }

    private void chooser(String namespace, String name, Map<String, Object> selector) {
        world.store()
                .put(Trees.of(
                        "apiVersion",
                        "test/v1",
                        "kind",
                        "Chooser",
                        "metadata",
                        Trees.of("namespace", namespace, "name", name),
                        "spec",
                        selector));
    }
}
