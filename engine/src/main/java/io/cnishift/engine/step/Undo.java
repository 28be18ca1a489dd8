package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a patch, field by field: a field that still has the value we wrote gets its earlier one; one that has its
 * earlier value is left; one that has neither was changed by somebody else and becomes a finding with all three values.
 *
 * <p>Items of lists that a strategic patch merges by name are fields of their own; other lists are one value.
 */
final class Undo {

    private final PatchObject act;
    private final boolean strategic;
    private final List<Finding> changed = new ArrayList<>();

    private Undo(PatchObject act) {
        this.act = act;
        this.strategic = act.type() == PatchType.STRATEGIC;
    }

    /** What is to be restored, and what is left because somebody changed it. */
    record Result(Optional<PatchObject> patch, List<Finding> changed) {}

    /**
     * Compares what a patch wrote with what stood there before and what is there now.
     *
     * @param now the object as far as it is known
     */
    static Result of(PatchObject act, Map<String, Object> before, Map<String, Object> now) {
        Undo undo = new Undo(act);
        Map<String, @Nullable Object> back = undo.map(act.patch(), before, now, "");
        Optional<PatchObject> patch = back.isEmpty()
                ? Optional.empty()
                : Optional.of(new PatchObject(act.object(), typeOf(act, back), Tree.copy(back), Optional.empty()));
        return new Result(patch, List.copyOf(undo.changed));
    }

    /** Without lists both types mean the same, and a merge patch is the plainer one. */
    private static PatchType typeOf(PatchObject act, @Nullable Object back) {
        return hasList(back) ? act.type() : PatchType.MERGE;
    }

    private static boolean hasList(@Nullable Object value) {
        return value instanceof List<?>
                || (value instanceof Map<?, ?> map && map.values().stream().anyMatch(Undo::hasList));
    }

    private Map<String, @Nullable Object> map(Map<?, ?> patch, Map<?, ?> before, Map<?, ?> now, String path) {
        Map<String, @Nullable Object> back = new LinkedHashMap<>();
        patch.forEach((k, written) -> {
            String key = String.valueOf(k);
            if (!Trees.directive(key)) {
                field(key, new Values(written, before.get(key), now.get(key)), path, back);
            }
        });
        return back;
    }

    /** The three values of one field. */
    private record Values(
            @Nullable Object written,
            @Nullable Object before,
            @Nullable Object now) {}

    private void field(String key, Values values, String path, Map<String, @Nullable Object> back) {
        String here = path.isEmpty() ? key : path + "." + key;
        if (values.written() instanceof Map<?, ?> written) {
            Map<?, ?> now = asMap(values.now());
            Map<String, @Nullable Object> inner = map(written, asMap(values.before()), now, here);
            if (!inner.isEmpty()) {
                boolean onlyOurs = values.before() == null && inner.keySet().containsAll(now.keySet());
                back.put(key, onlyOurs ? null : inner);
            }
        } else if (strategic && !key.equals("ports") && named(values.written())) {
            List<Object> items = items(asList(values.written()), asList(values.before()), asList(values.now()), here);
            if (!items.isEmpty()) {
                back.put(key, items);
                order(values, items).ifPresent(order -> back.put("$setElementOrder/" + key, order));
            }
        } else if (ours(values, here)) {
            back.put(key, restored(values.before()));
        }
    }

    /** Whether the field has the value we wrote and had another one before. */
    private boolean ours(Values values, String path) {
        if (shows(values.before(), values.now())) {
            return false;
        }
        boolean unseen = values.now() == null && path.contains("template.spec");
        if (unseen || Trees.holds(values.written(), values.now())) {
            return true;
        }
        changed.add(StepCode.FIELD_CHANGED.of(
                act.object().toString(),
                path + " was " + words(values.before()) + " before, was set to " + words(values.written())
                        + " and is now " + words(values.now()),
                "restore it by hand if the earlier value is wanted"));
        return false;
    }

    /** Whether what is known of a value now is all that it was before. */
    private static boolean shows(@Nullable Object before, @Nullable Object now) {
        if (before instanceof List<?> was && now instanceof List<?> is && was.size() != is.size()) {
            return false;
        }
        // the API leaves a flag out that is false
        boolean off = (before == null || before.equals(false)) && (now == null || now.equals(false));
        return off || Trees.same(before, now) || (before != null && now != null && Trees.holds(now, before));
    }

    private @Nullable Object restored(@Nullable Object before) {
        if (strategic && before instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            List<Object> whole = new ArrayList<>();
            whole.add(Map.of("$patch", "replace"));
            whole.addAll(list);
            return whole;
        }
        return before;
    }

    private List<Object> items(List<?> patch, List<?> before, List<?> now, String path) {
        List<Object> back = new ArrayList<>();
        for (Object item : patch) {
            Map<?, ?> written = asMap(item);
            if (Trees.isDirective(item)) {
                continue;
            }
            String name = String.valueOf(written.get("name"));
            Map<?, ?> was = find(before, name);
            Map<?, ?> is = find(now, name);
            item(name, new Values(written, was, is), path + "[" + name + "]").ifPresent(back::add);
        }
        return back;
    }

    /** The earlier order, when an item comes back: it would be the last one otherwise, which makes another template. */
    private static Optional<List<?>> order(Values values, List<Object> items) {
        List<?> before = asList(values.before());
        boolean back = items.stream()
                .map(i -> String.valueOf(asMap(i).get("name")))
                .anyMatch(name -> find(asList(values.now()), name).isEmpty());
        if (!back || before.size() == 1) {
            return Optional.empty();
        }
        List<String> names =
                before.stream().map(i -> String.valueOf(asMap(i).get("name"))).toList();
        // the server wants the items of the patch in the order that is set
        items.sort(Comparator.comparingInt(i -> names.indexOf(String.valueOf(asMap(i).get("name")))));
        return Optional.of(names.stream().map(name -> Map.of("name", name)).toList());
    }

    private Optional<Object> item(String name, Values values, String path) {
        Map<?, ?> written = asMap(values.written());
        Map<?, ?> was = asMap(values.before());
        Map<?, ?> is = asMap(values.now());
        if ("delete".equals(written.get("$patch"))) {
            return is.isEmpty() && !was.isEmpty() ? Optional.of(was) : Optional.empty();
        }
        if (was.isEmpty()) {
            return is.isEmpty() ? Optional.empty() : Optional.of(Map.of("name", name, "$patch", "delete"));
        }
        Map<Object, Object> fields = new LinkedHashMap<>(written);
        fields.remove("name");
        Map<String, @Nullable Object> inner = map(fields, was, is, path);
        if (inner.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        found.put("name", name);
        found.putAll(inner);
        return Optional.of(found);
    }

    private static boolean named(@Nullable Object value) {
        return value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(i -> Trees.isDirective(i) || asMap(i).containsKey("name"));
    }

    private static Map<?, ?> find(List<?> items, String name) {
        return items.stream()
                .map(Undo::asMap)
                .filter(m -> name.equals(String.valueOf(m.get("name"))))
                .findFirst()
                .orElse(Map.of());
    }

    private static Map<?, ?> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> asList(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String words(@Nullable Object value) {
        return value == null ? "absent" : "'" + value + "'";
    }
}
