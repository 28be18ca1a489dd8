package io.cnishift.api.cluster;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Resources by key, those of one part or of one place in an index: told in the order of their keys, but found and changed by
 * one look into a hash table. Keys of one namespace begin alike, and a tree compares a dozen of them for each look; the tree is
 * touched only by what comes and goes.
 */
final class Shelf<R extends Resource> {

    private final Map<String, Place<R>> byKey = new HashMap<>();
    private final NavigableMap<String, Place<R>> inOrder = new TreeMap<>();
    private final Collection<R> all = new Told();

    @Nullable
    R get(String key) {
        Place<R> place = byKey.get(key);
        return place == null ? null : place.now();
    }

    /** Puts a resource there, or takes it away; what stood there before. */
    @Nullable
    R set(String key, @Nullable R now) {
        Place<R> place = byKey.get(key);
        @Nullable R before = place == null ? null : place.now();
        if (now == null) {
            remove(key);
        } else if (place == null) {
            put(key, new Place<>(now));
        } else {
            place.now(now);
        }
        return before;
    }

    /** The place of what stands here under that key. */
    Place<R> place(String key) {
        return Objects.requireNonNull(byKey.get(key));
    }

    /** Lets what has that place on another shelf stand here too. */
    void put(String key, Place<R> place) {
        byKey.put(key, place);
        inOrder.put(key, place);
    }

    void remove(String key) {
        byKey.remove(key);
        inOrder.remove(key);
    }

    /** The first of them; there must be one. */
    R first() {
        return inOrder.firstEntry().getValue().now();
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** All of them in key order, which nobody can change there. */
    Collection<R> all() {
        return all;
    }

    /** Told from the places, one after the other. */
    private final class Told extends AbstractCollection<R> {
        @Override
        public Iterator<R> iterator() {
            Iterator<Place<R>> places = inOrder.values().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return places.hasNext();
                }

                @Override
                public R next() {
                    return places.next().now();
                }
            };
        }

        @Override
        public int size() {
            return byKey.size();
        }
    }
}
