package io.cnishift.simulator;

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
        if (place == null) {
            place = new Place(object);
            inOrder.put(name, place);
            byName.put(name, place);
        } else {
            place.object = object;
        }
        for (ObjectIndex index : indexes) {
            index.put(name, place);
        }
    }

    @Nullable
    Map<String, Object> remove(String name) {
        Place place = byName.remove(name);
        if (place == null) {
            return null;
        }
        inOrder.remove(name);
        for (ObjectIndex index : indexes) {
            index.remove(name);
        }
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

    ObjectIndex index(Function<Map<String, Object>, ? extends Collection<String>> keys) {
        ObjectIndex index = new ObjectIndex(keys);
        inOrder.forEach(index::put);
        indexes.add(index);
        return index;
    }
}
