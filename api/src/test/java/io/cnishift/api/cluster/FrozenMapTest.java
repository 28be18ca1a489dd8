package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
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
}
