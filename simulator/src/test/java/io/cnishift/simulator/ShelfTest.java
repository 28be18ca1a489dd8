package io.cnishift.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShelfTest {
    private final Shelf shelf = new Shelf();

    @Test
    void anIndexShowsWhatAnObjectHasBecome() {
        ObjectIndex byNode = shelf.index(o -> List.of((String) o.get("node")));
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
        ObjectIndex byNode = shelf.index(o -> List.of((String) o.get("node")));
        shelf.remove("web/a");

        assertThat(byNode.of("one")).isEmpty();
        shelf.put("web/a", pod("one", 2));
        assertThat(byNode.of("one")).containsExactly(pod("one", 2));
        assertThat(shelf.all()).containsExactly(pod("one", 2));
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
        return Map.of("node", node, "version", version);
    }
}
