package io.cnishift.adapters.kubernetes;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of a part while its lists are watched: objects come in, changes of records go out. Objects that make records
 * together are one group; a group is made anew when one of its objects changes. For one thread.
 */
final class PartRecords {

    private final Part part;
    private final Grouping grouping;
    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Map<String, Set<String>> shown = new HashMap<>();

    PartRecords(Part part, Grouping grouping) {
        this.part = part;
        this.grouping = grouping;
    }

    /** Which objects of a part make records together, and which. */
    interface Grouping {

        /** The group of an object. */
        String of(Item item);

        /** The records of a group. */
        List<? extends Resource> records(String group, Collection<Item> items);
    }

    /** An object is there, new or changed. */
    List<Change> now(Item item) {
        Set<String> touched = new LinkedHashSet<>();
        put(item, touched);
        return changes(touched);
    }

    /** An object is gone. */
    List<Change> gone(Item item) {
        Set<String> touched = new LinkedHashSet<>();
        remove(item.key(), touched);
        return changes(touched);
    }

    /** These are all objects of a list: what differs from what was known is told, what is missing is gone. */
    List<Change> all(String list, List<Item> now) {
        Set<String> touched = new LinkedHashSet<>();
        Set<String> there = new LinkedHashSet<>();
        for (Item item : now) {
            there.add(item.key());
            @Nullable Item known = items.get(item.key());
            if (known == null || !known.version().equals(item.version())) {
                put(item, touched);
            }
        }
        items.values().stream()
                .filter(item -> item.list().equals(list) && !there.contains(item.key()))
                .map(Item::key)
                .toList()
                .forEach(key -> remove(key, touched));
        return changes(touched);
    }

    private void put(Item item, Set<String> touched) {
        remove(item.key(), touched);
        items.put(item.key(), item);
        String group = grouping.of(item);
        members.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(item.key());
        touched.add(group);
    }

    private void remove(String key, Set<String> touched) {
        @Nullable Item known = items.remove(key);
        if (known != null) {
            String group = grouping.of(known);
            members.getOrDefault(group, Set.of()).remove(key);
            touched.add(group);
        }
    }

    private List<Change> changes(Set<String> groups) {
        List<Change> changes = new ArrayList<>();
        groups.forEach(group -> changes.addAll(changes(group)));
        return changes;
    }

    private List<Change> changes(String group) {
        Set<String> keys = members.getOrDefault(group, Set.of());
        List<Item> of = keys.stream().map(items::get).filter(Objects::nonNull).toList();
        Map<String, Change> changes = new LinkedHashMap<>();
        shown.getOrDefault(group, Set.of()).forEach(key -> changes.put(key, Change.gone(part, key)));
        Set<String> now = new LinkedHashSet<>();
        for (Resource resource : grouping.records(group, of)) {
            now.add(resource.key());
            changes.put(resource.key(), Change.of(resource));
        }
        of.forEach(item -> items.put(item.key(), item.told()));
        if (of.isEmpty()) {
            members.remove(group);
        }
        if (now.isEmpty()) {
            shown.remove(group);
        } else {
            shown.put(group, Set.copyOf(now));
        }
        return List.copyOf(changes.values());
    }
}
