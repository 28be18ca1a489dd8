package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ViewTest {

    private final ViewFeed feed = new ViewFeed();
    private final View view = feed.view();

    @Test
    void aMovedPodLeavesItsOldNode() {
        feed.apply(Change.of(pod("a", Optional.of("n1"), Map.of("app", "web"))));
        feed.apply(Change.of(pod("a", Optional.of("n2"), Map.of("app", "web"))));

        assertThat(view.podsOn("n1")).isEmpty();
        assertThat(view.podsOn("n2")).extracting(Pod::name).containsExactly("a");
    }

    @Test
    void aGonePodIsInNoIndex() {
        feed.apply(Change.of(pod("a", Optional.of("n1"), Map.of("app", "web"))));
        feed.apply(Change.gone(Part.PODS, "shop/a"));

        assertThat(view.pods()).isEmpty();
        assertThat(view.podsOn("n1")).isEmpty();
        assertThat(view.podsIn("shop")).isEmpty();
        assertThat(view.podsOf("Deployment/shop/web")).isEmpty();
    }

    @Test
    void podsOfADeploymentAreFoundThroughTheirReplicaSet() {
        feed.apply(Change.of(pod("a", Optional.of("n1"), Map.of("app", "web"))));

        assertThat(view.podsOf("Deployment/shop/web")).extracting(Pod::name).containsExactly("a");
    }

    @Test
    void budgetsSelectByLabelsInTheirNamespaceOnly() {
        feed.apply(Change.of(budget("shop", "fits", Map.of("matchLabels", Map.of("app", "web")))));
        feed.apply(Change.of(budget("shop", "other", Map.of("matchLabels", Map.of("app", "db")))));
        feed.apply(Change.of(budget("elsewhere", "fits", Map.of("matchLabels", Map.of("app", "web")))));

        assertThat(view.budgetsOf(pod("a", Optional.empty(), Map.of("app", "web"))))
                .extracting(Budget::key)
                .containsExactly("shop/fits");
    }

    @Test
    void expressionsOfSelectorsAreUnderstood() {
        Map<String, Object> selector = Map.of(
                "matchExpressions",
                List.of(
                        Map.of("key", "tier", "operator", "In", "values", List.of("front", "back")),
                        Map.of("key", "legacy", "operator", "DoesNotExist")));

        assertThat(Selectors.matches(selector, Map.of("tier", "front"))).isTrue();
        assertThat(Selectors.matches(selector, Map.of("tier", "middle"))).isFalse();
        assertThat(Selectors.matches(selector, Map.of("tier", "front", "legacy", "yes")))
                .isFalse();
        assertThat(Selectors.matches(Map.of(), Map.of())).isTrue();
    }

    @Test
    void treesKeepTheirOrderAndCannotBeChanged() {
        Map<String, Object> copy = Tree.copy(Map.of("a", List.of(Map.of("b", 1))));

        assertThat(Tree.maps(copy, "a"))
                .singleElement()
                .satisfies(m -> assertThat(m).containsEntry("b", 1));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> copy.put("c", 2))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Pod pod(String name, Optional<String> node, Map<String, String> labels) {
        Map<String, String> all = new java.util.LinkedHashMap<>(labels);
        all.put("pod-template-hash", "5d4f");
        return new Pod(
                "shop",
                name,
                "uid-" + name,
                "1",
                Optional.of(new Pod.OwnerRef("ReplicaSet", "web-5d4f", "u")),
                node,
                Pod.Phase.RUNNING,
                true,
                Optional.empty(),
                false,
                List.of(),
                all,
                Map.of(),
                0,
                0,
                List.of(),
                "default",
                30,
                false,
                0,
                Instant.EPOCH);
    }

    private static Budget budget(String namespace, String name, Map<String, Object> selector) {
        return new Budget(namespace, name, "u", selector, Optional.of("1"), Optional.empty(), 0, 1, 1, 1, false);
    }
}
