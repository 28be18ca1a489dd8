package io.cnishift.api.cluster;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One level of a JSON tree: a few keys in their order, which never change. Objects of Kubernetes are made of such levels by
 * the million, and are read far more often than written; two arrays are read faster than a hash table and take a third of
 * its memory.
 */
final class FrozenMap extends AbstractMap<String, Object> {

    /** Beyond that many keys a hash table finds one sooner. */
    private static final int MOST_KEYS = 16;

    private final String[] keys;
    private final @Nullable Object[] values;
    /** Whether nothing below can change either. */
    private final boolean whole;
    /** Written without a lock: at worst two threads work out the same. */
    private @Nullable Known known;

    /** What was made of this map, and what else was. */
    private record Known(
            Class<?> type, Object value, @Nullable Known next) {}

    private FrozenMap(String[] keys, @Nullable Object[] values, boolean whole) {
        this.keys = keys;
        this.values = values;
        this.whole = whole;
    }

    /** The entries of that map as they are now. */
    static Map<String, Object> of(Map<String, ?> map) {
        if (map instanceof FrozenMap same) {
            return same;
        }
        return of(map, false);
    }

    /** The same, of a map below which nothing can change either. */
    static Map<String, Object> whole(Map<String, ?> map) {
        return of(map, true);
    }

    private static Map<String, Object> of(Map<String, ?> map, boolean whole) {
        if (map.size() > MOST_KEYS) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
        String[] keys = new String[map.size()];
        @Nullable Object[] values = new Object[keys.length];
        int at = 0;
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            keys[at] = entry.getKey();
            values[at++] = entry.getValue();
        }
        return new FrozenMap(keys, values, whole);
    }

    /** The map with that value at that key, which comes last where it is new. */
    static Map<String, Object> with(Map<String, ?> map, String key, Object value) {
        int at = map instanceof FrozenMap frozen ? frozen.indexOf(key) : -1;
        if (at < 0) {
            Map<String, Object> copy = new LinkedHashMap<>(map);
            copy.put(key, value);
            return of(copy);
        }
        FrozenMap frozen = (FrozenMap) map;
        @Nullable Object[] values = frozen.values.clone();
        values[at] = value;
        return new FrozenMap(frozen.keys, values, false);
    }

    /** Whether nothing below can change either, so that it is a copy of itself. */
    boolean whole() {
        return whole;
    }

    /** Whether every value is a string. */
    boolean ofStrings() {
        for (@Nullable Object value : values) {
            if (!(value instanceof String)) {
                return false;
            }
        }
        return true;
    }

    /** What that function makes of this map, which it is asked once. */
    <T> T known(Class<T> type, Function<? super Map<String, Object>, T> work) {
        for (Known one = known; one != null; one = one.next()) {
            if (one.type() == type) {
                return type.cast(one.value());
            }
        }
        T made = work.apply(this);
        known = new Known(type, made, known);
        return made;
    }

    private int indexOf(@Nullable Object key) {
        // most keys are literals on both sides
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        if (key == null) {
            return -1;
        }
        int hash = key.hashCode();
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].hashCode() == hash && keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof Map<?, ?> map) || map.size() != keys.length) {
            return false;
        }
        return other instanceof FrozenMap frozen ? sameAs(frozen) : super.equals(other);
    }

    /** Mostly one was made of the other, so that their keys stand at the same places. */
    private boolean sameAs(FrozenMap other) {
        for (int i = 0; i < keys.length; i++) {
            int at = other.keys == keys || other.keys[i].equals(keys[i]) ? i : other.indexOf(keys[i]);
            if (at < 0 || !Objects.equals(values[i], other.values[at])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < keys.length; i++) {
            hash += keys[i].hashCode() ^ Objects.hashCode(values[i]);
        }
        return hash;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        int at = indexOf(key);
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return indexOf(key) >= 0;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    @SuppressWarnings("NullAway") // a JSON tree may hold null, which the type of its maps does not say
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], values[i]);
        }
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Object>> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < keys.length;
        }

        @Override
        @SuppressWarnings("NullAway") // as above
        public Entry<String, Object> next() {
            if (at == keys.length) {
                throw new NoSuchElementException();
            }
            Entry<String, Object> entry = new SimpleImmutableEntry<>(keys[at], values[at]);
            at++;
            return entry;
        }
    }
}
