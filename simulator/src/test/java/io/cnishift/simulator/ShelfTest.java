package io.cnishift.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShelfTest {
    private final Shelf shelf = new Shelf();

    @Test
    void anIndexShowsWhatAnObjectHasBecome() {
        ObjectIndex byNode =
                shelf.index(o -> List.of(Tree.text(o, "spec", "node").orElseThrow()));
        shelf.put("web/b", pod("one", 1));
        shelf.put("web/a", pod("one", 1));
        shelf.put("web/b", pod("one", 2));

        assertThat(byNode.of("one")).containsExactly(pod("one", 1), pod("one", 2));
        shelf.put("web/b", pod("two", 3));
        assertThat(byNode.of("one")).containsExactly(pod("one", 1));
        assertThat(byNode.of("two")).containsExactly(pod("two", 3));
        assertThat(byNode.count("two")).isEqualTo(1);
    }

    @Test
    void anIndexForgetsWhatIsGoneAndFindsWhatComesInItsPlace() {
        shelf.put("web/a", pod("one", 1));
        ObjectIndex byNode =
                shelf.index(o -> List.of(Tree.text(o, "spec", "node").orElseThrow()));
        shelf.remove("web/a");

        assertThat(byNode.of("one")).isEmpty();
        shelf.put("web/a", pod("one", 2));
        assertThat(byNode.of("one")).containsExactly(pod("one", 2));
        assertThat(shelf.all()).containsExactly(pod("one", 2));
    }

    @Test
    void anIndexByStatusFollowsTheStatusAndTheSpec() {
        ObjectIndex byBoth = shelf.statusIndex(
                o -> List.of(Tree.text(o, "spec", "node").orElseThrow() + Tree.number(o, 0, "status", "version")));
        Map<String, Object> pod = pod("one", 1);
        shelf.put("web/a", pod);
        shelf.put("web/a", Trees.with(pod, 2, "status", "version"));
        assertThat(byBoth.of("one1")).isEmpty();
        assertThat(byBoth.of("one2")).containsExactly(pod("one", 2));

        shelf.put("web/a", pod("two", 2));
        assertThat(byBoth.of("one2")).isEmpty();
        assertThat(byBoth.count("two2")).isEqualTo(1);
    }

    @Test
    void anIndexFollowsLabelsAndOwners() {
        ObjectIndex byLabel = shelf.index(
                o -> List.copyOf(Tree.strings(o, "metadata", "labels").values()));
        ObjectIndex byOwner = shelf.index(o -> Tree.texts(o, "metadata", "ownerReferences"));
        Map<String, Object> pod = pod("one", 1);
        shelf.put("web/a", pod);
        shelf.put("web/a", Trees.with(pod, "blue", "metadata", "labels", "colour"));
        assertThat(byLabel.count("blue")).isEqualTo(1);

        shelf.put("web/a", Trees.with(pod, List.of("set"), "metadata", "ownerReferences"));
        assertThat(byLabel.of("blue")).isEmpty();
        assertThat(byOwner.count("set")).isEqualTo(1);
    }

    @Test
    void listsANamespaceInOrder() {
        shelf.put("web/b", pod("one", 1));
        shelf.put("web-2/a", pod("one", 2));
        shelf.put("web/a", pod("one", 3));

        assertThat(shelf.in("web")).containsExactly(pod("one", 3), pod("one", 1));
        assertThat(shelf.copy().keySet()).containsExactly("web-2/a", "web/a", "web/b");
    }

    private static Map<String, Object> pod(String node, int version) {
        return Trees.of("spec", Trees.of("node", node), "status", Trees.of("version", version));
    }
}
