package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is other in a plan than in one before, field by field; phases and steps by their ids, facts by what they are about. Pure. */
public final class PlanDifference {

    private static final int SHOWN = 160;
    private static final List<List<String>> KEYS = List.of(List.of("subject", "field"), List.of("id"), List.of("name"));

    private final List<String> lines = new ArrayList<>();

    private PlanDifference() {}

    /** One line for each field; none when the plans are equal. */
    public static List<String> lines(MigrationPlan before, MigrationPlan now, Codec codec) {
        PlanDifference difference = new PlanDifference();
        difference.compare(
                "",
                codec.toTree(MigrationPlan.class, before, Style.DOCUMENT),
                codec.toTree(MigrationPlan.class, now, Style.DOCUMENT));
        return List.copyOf(difference.lines);
    }

    private void compare(String path, @Nullable Object before, @Nullable Object now) {
        if (before instanceof Map<?, ?> a && now instanceof Map<?, ?> b) {
            Set<Object> keys = new LinkedHashSet<>(a.keySet());
            keys.addAll(b.keySet());
            keys.forEach(
                    key -> compare(path.isEmpty() ? String.valueOf(key) : path + "." + key, a.get(key), b.get(key)));
        } else if (before instanceof List<?> a && now instanceof List<?> b && keyed(a) && keyed(b)) {
            compare(path, byKey(a), byKey(b));
        } else if (before == null && now != null) {
            lines.add(path + " is new: " + shown(now));
        } else if (before != null && now == null) {
            lines.add(path + " is gone: " + shown(before));
        } else if (before != null && now != null && !before.equals(now)) {
            lines.add(path + " was " + shown(before) + ", is " + shown(now));
        }
    }

    private static boolean keyed(List<?> items) {
        return items.stream().allMatch(item -> item instanceof Map<?, ?> map && key(map).isPresent());
    }

    private static Map<String, Object> byKey(List<?> items) {
        Map<String, Object> byKey = new LinkedHashMap<>();
        items.forEach(item -> byKey.put(key((Map<?, ?>) item).orElseThrow(), item));
        return byKey;
    }

    private static Optional<String> key(Map<?, ?> item) {
        return KEYS.stream()
                .filter(item.keySet()::containsAll)
                .map(key -> String.join(
                        " ", key.stream().map(k -> String.valueOf(item.get(k))).toList()))
                .findFirst();
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
