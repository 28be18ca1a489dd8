package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    void podsOfABudgetFollowItsSelectorAndTheirLabels() {
        feed.apply(Change.of(pod("a", Optional.empty(), Map.of("app", "web", "tier", "front"))));
        feed.apply(Change.of(budget("shop", "one", Map.of("matchLabels", Map.of("app", "web", "tier", "front")))));
        assertThat(chosen("one")).containsExactly("a");

        feed.apply(Change.of(pod("b", Optional.empty(), Map.of("app", "web", "tier", "front"))));
        feed.apply(Change.of(pod("a", Optional.empty(), Map.of("app", "web", "tier", "back"))));
        assertThat(chosen("one")).containsExactly("b");

        feed.apply(Change.of(budget("shop", "one", Map.of("matchLabels", Map.of("tier", "back")))));
        assertThat(chosen("one")).containsExactly("a");
        assertThat(view.budgetsOf(pod("b", Optional.empty(), Map.of("app", "web", "tier", "front"))))
                .isEmpty();

        feed.apply(Change.gone(Part.BUDGETS, "shop/one"));
        assertThat(view.budgetsOf(pod("a", Optional.empty(), Map.of("tier", "back"))))
                .isEmpty();
    }

    @Test
    void budgetsWithoutAFixedLabelSelectTooAndAllComeInTheOrderOfTheirNames() {
        Map<String, Object> exists = Map.of("matchExpressions", List.of(Map.of("key", "app", "operator", "Exists")));
        feed.apply(Change.of(budget("shop", "z", Map.of("matchLabels", Map.of("tier", "front")))));
        feed.apply(Change.of(budget("shop", "m", exists)));
        feed.apply(Change.of(budget("shop", "b", Map.of("matchLabels", Map.of("app", "web")))));
        feed.apply(Change.of(budget("shop", "a", Map.of())));

        assertThat(view.budgetsOf(pod("a", Optional.empty(), Map.of("app", "web", "tier", "front"))))
                .extracting(Budget::name)
                .containsExactly("a", "b", "m", "z");
    }

    @Test
    void servicesOfAPodAreThoseWithAllTheirLabelsOnIt() {
        feed.apply(Change.of(service("web", Map.of("app", "web"))));
        feed.apply(Change.of(service("front", Map.of("app", "web", "tier", "front"))));
        feed.apply(Change.of(service("headless", Map.of())));

        assertThat(view.servicesOf(pod("a", Optional.empty(), Map.of("app", "web"))))
                .extracting(Service::name)
                .containsExactly("web");
    }

    @Test
    void targetGroupsOfATargetFollowItsComingAndGoing() {
        feed.apply(Change.of(targets("tg1", "initial", "i-1", "i-2")));
        feed.apply(Change.of(targets("tg2", "healthy", "i-2")));
        assertThat(view.targetGroupsWith("i-2")).extracting(TargetGroup::name).containsExactly("tg1", "tg2");

        feed.apply(Change.of(targets("tg1", "healthy", "i-1", "i-2")));
        assertThat(view.targetGroupsWith("i-1"))
                .singleElement()
                .satisfies(g -> assertThat(g.count("healthy")).isEqualTo(2));

        feed.apply(Change.of(targets("tg1", "healthy", "i-1")));
        feed.apply(Change.gone(Part.TARGET_GROUPS, "tg2"));
        assertThat(view.targetGroupsWith("i-2")).isEmpty();
        assertThat(view.targetGroupsWith("i-1")).extracting(TargetGroup::name).containsExactly("tg1");
    }

    private static TargetGroup targets(String name, String health, String... ids) {
        return new TargetGroup(
                name,
                name,
                "instance",
                "HTTP",
                80,
                10,
                2,
                300,
                Stream.of(ids)
                        .map(id -> new TargetGroup.Target(id, 80, health, ""))
                        .toList(),
                Optional.empty(),
                Map.of());
    }

    private List<String> chosen(String budget) {
        return view.podsOf(budget("shop", budget, Map.of())).stream()
                .map(Pod::name)
                .toList();
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
                Optional.empty(),
                Instant.EPOCH);
    }

    private static Service service(String name, Map<String, String> selector) {
        return new Service(
                "shop",
                name,
                "u",
                "1",
                "ClusterIP",
                Optional.empty(),
                selector,
                List.of(),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Owner.NONE,
                false);
    }

    private static Budget budget(String namespace, String name, Map<String, Object> selector) {
        return new Budget(namespace, name, "u", selector, Optional.of("1"), Optional.empty(), 0, 1, 1, 1, false);
    }
}
