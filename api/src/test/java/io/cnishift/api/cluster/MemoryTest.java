package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a view remembers is what it would find now. */
final class MemoryTest {

    private final ViewFeed feed = new ViewFeed();
    private final View view = feed.view();
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatWasWorkedOutIsAskedForAgainOnlyAfterAChangeOfItsParts() {
        feed.apply(Change.of(pod("a", Pod.Phase.RUNNING, true)));
        assertThat(names("pods", Part.PODS)).containsExactly("a");
        assertThat(names("pods", Part.PODS)).containsExactly("a");
        assertThat(asked).containsExactly("pods");

        feed.apply(Change.of(new Namespace("shop", "u", Map.of(), false)));
        names("pods", Part.PODS);
        assertThat(asked).containsExactly("pods");

        feed.apply(Change.of(pod("b", Pod.Phase.RUNNING, true)));
        assertThat(names("pods", Part.PODS)).containsExactly("a", "b");
        feed.apply(Change.gone(Part.PODS, "shop/a"));
        assertThat(names("pods", Part.PODS)).containsExactly("b");
        assertThat(asked).containsExactly("pods", "pods", "pods");
    }

    @Test
    void whatWasWorkedOutFromThePodsOfANodeIsAskedForAgainOnlyAfterAChangeOfThese() {
        feed.apply(Change.of(pod("a", Pod.Phase.RUNNING, true)));
        assertThat(namesOn("n1")).containsExactly("a");
        assertThat(namesOn("n2")).isEmpty();
        feed.apply(Change.of(pod("b", Pod.Phase.RUNNING, true)));
        assertThat(namesOn("n1")).containsExactly("a", "b");
        feed.apply(Change.gone(Part.PODS, "shop/a"));
        assertThat(namesOn("n1")).containsExactly("b");
        assertThat(namesOn("n1")).containsExactly("b");
        assertThat(namesOn("n2")).isEmpty();
        assertThat(asked).containsExactly("n1", "n2", "n1", "n1");
    }

    private List<String> namesOn(String node) {
        return view.unlessPodsChanged(node, new NamesOn(asked));
    }

    private record NamesOn(List<String> asked) implements Remembered<List<String>> {
        @Override
        public List<String> workedOut(View view, String node) {
            asked.add(node);
            return view.podsOn(node).stream().map(Pod::name).toList();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NamesOn;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void whatAServiceIsGuaranteedFollowsItsPodsThoughNotTheirReadiness() {
        feed.apply(Change.of(service()));
        feed.apply(Change.of(pod("a", Pod.Phase.RUNNING, true)));
        feed.apply(Change.of(pod("b", Pod.Phase.RUNNING, true)));
        assertThat(MinReady.desired(view, service())).isEqualTo(2);

        feed.apply(Change.of(pod("b", Pod.Phase.RUNNING, false)));
        assertThat(MinReady.desired(view, service())).isEqualTo(2);
        feed.apply(Change.of(pod("b", Pod.Phase.FAILED, false)));
        assertThat(MinReady.desired(view, service())).isEqualTo(1);
        feed.apply(Change.gone(Part.PODS, "shop/a"));
        assertThat(MinReady.desired(view, service())).isZero();
    }

    private List<String> names(String key, Part part) {
        return view.unlessChanged(Set.of(part), key, () -> {
            asked.add(key);
            return view.pods().stream().map(Pod::name).toList();
        });
    }

    private static Service service() {
        return new Service(
                "shop",
                "web",
                "u",
                "1",
                "ClusterIP",
                Optional.empty(),
                Map.of("app", "web"),
                List.of(),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Owner.NONE,
                false);
    }

    private static Pod pod(String name, Pod.Phase phase, boolean ready) {
        return new Pod(
                "shop",
                name,
                "uid-" + name,
                "1",
                Optional.empty(),
                Optional.of("n1"),
                phase,
                ready,
                Optional.empty(),
                false,
                List.of(),
                Map.of("app", "web"),
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
}
