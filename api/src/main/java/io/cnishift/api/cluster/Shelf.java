package io.cnishift.api.cluster;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Resources by key, those of one part or of one place in an index: told in the order of their keys, but found and changed by
 * one look into a hash table. Keys of one
 * namespace begin alike, and a tree compares a dozen of them for each look; the tree is touched only by what comes and goes.
 */
final class Shelf<R extends Resource> {

    private final Map<String, Place<R>> byKey = new HashMap<>();
    private final Map<String, Place<R>> inOrder = new TreeMap<>();
    private final Collection<R> all = new Told();

    /** Where a resource stands as long as there is one of that key. */
    private static final class Place<R> {
        private R now;

        Place(R now) {
            this.now = now;
        }
    }

    @Nullable
    R get(String key) {
        Place<R> place = byKey.get(key);
        return place == null ? null : place.now;
    }

    /** Puts a resource there, or takes it away; what stood there before. */
    @Nullable
    R set(String key, @Nullable R now) {
        Place<R> place = byKey.get(key);
        @Nullable R before = place == null ? null : place.now;
        if (now == null) {
            byKey.remove(key);
            inOrder.remove(key);
        } else if (place == null) {
            Place<R> fresh = new Place<>(now);
            byKey.put(key, fresh);
            inOrder.put(key, fresh);
        } else {
            place.now = now;
        }
        return before;
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
                    return places.next().now;
                }
            };
        }

        @Override
        public int size() {
            return byKey.size();
        }
    }
}
