package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands on a shelf is found by key and told in the order of keys. */
final class ShelfTest {

    private final Shelf<Namespace> shelf = new Shelf<>();

    private static Namespace namespace(String name, String uid) {
        return new Namespace(name, uid, Map.of(), false);
    }

    @Test
    void tellsWhatIsThereInTheOrderOfKeysAndEachAsItIsNow() {
        shelf.set("shop", namespace("shop", "1"));
        shelf.set("bank", namespace("bank", "2"));
        assertThat(shelf.set("shop", namespace("shop", "3"))).isEqualTo(namespace("shop", "1"));
        assertThat(shelf.all()).containsExactly(namespace("bank", "2"), namespace("shop", "3"));
        assertThat(shelf.get("shop")).isEqualTo(namespace("shop", "3"));
    }

    @Test
    void hasNothingLeftOfWhatWasTakenAway() {
        shelf.set("shop", namespace("shop", "1"));
        shelf.set("bank", namespace("bank", "2"));
        assertThat(shelf.set("shop", null)).isEqualTo(namespace("shop", "1"));
        assertThat(shelf.set("shop", null)).isNull();
        assertThat(shelf.get("shop")).isNull();
        assertThat(List.copyOf(shelf.all())).containsExactly(namespace("bank", "2"));
        shelf.set("bank", null);
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void letsNobodyTakeAnythingAwayFromWhatItTells() {
        shelf.set("shop", namespace("shop", "1"));
        Iterator<Namespace> all = shelf.all().iterator();
        all.next();
        assertThatThrownBy(all::remove).isInstanceOf(UnsupportedOperationException.class);
    }
}
