package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrozenMapTest {

    private static Map<String, Object> numbered(int keys) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = keys; i > 0; i--) {
            map.put("key" + i, i);
        }
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 17, 40})
    void isTheMapThatItWasMadeOfWhateverItsSize(int keys) {
        Map<String, Object> map = numbered(keys);
        Map<String, Object> frozen = FrozenMap.of(map);
        assertThat(frozen).isEqualTo(map).hasSameHashCodeAs(map).containsExactlyEntriesOf(map);
        assertThat(map).isEqualTo(frozen);
        assertThat(frozen.get("key1")).isEqualTo(map.get("key1"));
        assertThat(frozen.get("another")).isNull();
        assertThat(frozen.containsKey("key" + keys)).isEqualTo(keys > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 17})
    void keepsTheOrderOfItsKeysWhenOneGetsAnotherValueAndPutsANewOneLast(int keys) {
        Map<String, Object> map = numbered(keys);
        Map<String, Object> frozen = FrozenMap.of(map);
        map.put("key1", "other");
        map.put("new", true);
        Map<String, Object> changed = FrozenMap.with(FrozenMap.with(frozen, "key1", "other"), "new", true);
        assertThat(changed).containsExactlyEntriesOf(map);
        assertThat(frozen).isEqualTo(numbered(keys));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17})
    void isNeverChanged(int keys) {
        Map<String, Object> map = numbered(keys);
        Map<String, Object> frozen = FrozenMap.of(map);
        map.clear();
        assertThat(frozen).hasSize(keys);
        assertThatThrownBy(() -> frozen.put("key1", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(frozen::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frozen.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isEqualToOneWithTheSameEntriesInAnotherOrderOnly() {
        Map<String, Object> one = FrozenMap.of(Map.of("a", 1));
        one = FrozenMap.with(one, "b", FrozenMap.of(numbered(3)));
        Map<String, Object> other = FrozenMap.with(FrozenMap.of(Map.of("b", FrozenMap.of(numbered(3)))), "a", 1);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(FrozenMap.with(other, "a", 2));
        assertThat(one).isNotEqualTo(FrozenMap.with(other, "c", 3));
        assertThat(FrozenMap.of(Map.of("a", 1))).isNotEqualTo(FrozenMap.of(Map.of("b", 1)));
    }

    @Test
    void knowsWhatWasMadeOfItUntilItIsAnother() {
        Map<String, Object> tree = Tree.copy(Map.of("name", "a"));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Tree.known(tree, StringBuilder.class, t -> {
                made.add(t.get("name") + " at length");
                return new StringBuilder();
            });
            Tree.known(tree, String.class, t -> {
                made.add(String.valueOf(t.get("name")));
                return "";
            });
        }
        Tree.known(Tree.with(tree, "name", "b"), String.class, t -> {
            made.add(String.valueOf(t.get("name")));
            return "";
        });
        assertThat(made).containsExactly("a at length", "a", "b");
    }

    @Test
    void aCopyThatIsWholeIsItsOwnCopyAndAnotherIsNot() {
        Map<String, Object> below = new LinkedHashMap<>(Map.of("b", 1));
        Map<String, Object> copy = Tree.copy(Map.of("a", below));
        assertThat(Tree.copy(copy)).isSameAs(copy);

        Map<String, Object> changed = Tree.with(copy, "a", below);
        Map<String, Object> whole = Tree.copy(changed);
        below.put("b", 2);
        assertThat(Tree.map(whole, "a")).containsEntry("b", 1);
    }
}
