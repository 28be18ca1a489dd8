package io.cnishift.simulator.kube;

import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.MergeKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order that a strategic patch sets for a list with a merge key. Items that it does not name keep their place before the
 * item that they stood before.
 *
 * <p>Source: apimachinery, strategicpatch: validatePatchWithSetOrderList and normalizeElementOrder.
 */
record ElementOrder(String key, List<Object> names) {

    /** The order; empty for a list without a merge key, which the patch has replaced. */
    static Optional<ElementOrder> of(String field, List<Object> patched, List<Object> order) {
        List<Object> all = new ArrayList<>(patched);
        all.addAll(order);
        Optional<String> key = MergeKeys.ofPatch(field, all);
        key.ifPresent(k -> require(field, k, patched, names(order, k)));
        return key.map(k -> new ElementOrder(k, names(order, k)));
    }

    private static void require(String field, String key, List<Object> patched, List<Object> names) {
        int last = -1;
        for (Object item : patched) {
            boolean deleted = item instanceof Map<?, ?> map && map.containsKey("$patch");
            int here = names.indexOf(name(item, key));
            if (!deleted && here <= last) {
                throw new ApiRefusal(
                        Reason.INVALID,
                        "The order in patch list: " + patched + " doesn't match $setElementOrder/" + field + " list: "
                                + names);
            }
            last = deleted ? last : here;
        }
    }

    List<Object> sorted(List<Object> original, List<Object> merged) {
        List<Object> places = original.stream().map(o -> name(o, key)).toList();
        List<Object> named = merged.stream()
                .filter(this::sets)
                .sorted(Comparator.comparingInt(o -> names.indexOf(name(o, key))))
                .toList();
        List<Object> others = merged.stream().filter(o -> !sets(o)).toList();
        List<Object> sorted = new ArrayList<>();
        int next = 0;
        for (Object item : named) {
            int place = places.indexOf(name(item, key));
            while (next < others.size() && places.indexOf(name(others.get(next), key)) < place) {
                sorted.add(others.get(next++));
            }
            sorted.add(item);
        }
        sorted.addAll(others.subList(next, others.size()));
        return List.copyOf(sorted);
    }

    private boolean sets(Object item) {
        return names.contains(name(item, key));
    }

    private static List<Object> names(List<Object> items, String key) {
        return items.stream().map(o -> name(o, key)).toList();
    }

    private static Object name(Object item, String key) {
        return item instanceof Map<?, ?> map && map.get(key) != null ? map.get(key) : "";
    }
}
