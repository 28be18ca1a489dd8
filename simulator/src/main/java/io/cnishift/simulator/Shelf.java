package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind, by namespace and name: in their order, and to be found fast. An object is written many times in the
 * place where it stands; orders and indexes hold places, so that they have nothing to do then.
 */
final class Shelf {
    private final NavigableMap<String, Place> inOrder = new TreeMap<>();
    private final Map<String, Place> byName = new HashMap<>();
    private final List<ObjectIndex> indexes = new ArrayList<>();
    private final List<ObjectIndex> statusIndexes = new ArrayList<>();

    /** Where an object stands from its creation to its end. */
    static final class Place {
        private Map<String, Object> object;

        private Place(Map<String, Object> object) {
            this.object = object;
        }

        Map<String, Object> object() {
            return object;
        }
    }

    /** The objects at these places; a view. */
    private static final class Objects extends AbstractCollection<Map<String, Object>> {
        private final Collection<Place> places;

        private Objects(Collection<Place> places) {
            this.places = places;
        }

        @Override
        public Iterator<Map<String, Object>> iterator() {
            Iterator<Place> each = places.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public Map<String, Object> next() {
                    return each.next().object();
                }
            };
        }

        @Override
        public int size() {
            return places.size();
        }

        @Override
        public boolean isEmpty() {
            return places.isEmpty();
        }
    }

    /** A view of the objects at these places, that nobody changes. */
    static Collection<Map<String, Object>> objects(Collection<Place> places) {
        return new Objects(places);
    }

    @Nullable
    Map<String, Object> get(String name) {
        Place place = byName.get(name);
        return place == null ? null : place.object();
    }

    void put(String name, Map<String, Object> object) {
        Place place = byName.get(name);
        boolean moved = place == null || differ(place.object, object);
        if (place == null) {
            place = new Place(object);
            inOrder.put(name, place);
            byName.put(name, place);
        } else {
            place.object = object;
        }
        if (moved) {
            put(indexes, name, place);
        }
        put(statusIndexes, name, place);
    }

    /** Whether a write changed anything that {@link #index} goes by: most are of the status alone. */
    private static boolean differ(Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> was = Tree.map(before, "metadata");
        Map<String, Object> is = Tree.map(after, "metadata");
        return before.get("spec") != after.get("spec")
                || was.get("labels") != is.get("labels")
                || was.get("ownerReferences") != is.get("ownerReferences");
    }

    private static void put(List<ObjectIndex> indexes, String name, Place place) {
        for (int i = 0; i < indexes.size(); i++) {
            indexes.get(i).put(name, place);
        }
    }

    @Nullable
    Map<String, Object> remove(String name) {
        Place place = byName.remove(name);
        if (place == null) {
            return null;
        }
        inOrder.remove(name);
        indexes.forEach(i -> i.remove(name));
        statusIndexes.forEach(i -> i.remove(name));
        return place.object();
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** All of them, in order. A live view. */
    Collection<Map<String, Object>> all() {
        return objects(inOrder.values());
    }

    /** Those whose names begin so, in order. A live view. */
    Collection<Map<String, Object>> in(String namespace) {
        // '0' is the character after '/'
        return objects(inOrder.subMap(namespace + "/", namespace + "0").values());
    }

    /** All of them by name, in order; a copy. */
    NavigableMap<String, Map<String, Object>> copy() {
        NavigableMap<String, Map<String, Object>> copy = new TreeMap<>();
        inOrder.forEach((name, place) -> copy.put(name, place.object()));
        return copy;
    }

    /** Objects by keys that are made of their name, labels, owners and spec. */
    ObjectIndex index(Function<Map<String, Object>, ? extends Collection<String>> keys) {
        return index(indexes, keys);
    }

    /** Objects by keys that their status has a part in. */
    ObjectIndex statusIndex(Function<Map<String, Object>, ? extends Collection<String>> keys) {
        return index(statusIndexes, keys);
    }

    private ObjectIndex index(
            List<ObjectIndex> kept, Function<Map<String, Object>, ? extends Collection<String>> keys) {
        ObjectIndex index = new ObjectIndex(keys);
        inOrder.forEach(index::put);
        kept.add(index);
        return index;
    }
}
