package io.cnishift.simulator.aws;

import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field of an object, such as {@code spec.template.spec.containers[aws-node].image}: list items by their name. */
record OwnedPath(List<String> steps) {

    private static final Pattern STEP = Pattern.compile("\\[\"?([^\\]\"]*)\"?\\]|([^.\\[]+)");

    OwnedPath {
        steps = List.copyOf(steps);
    }

    static OwnedPath parse(String text) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        while (matcher.find()) {
            steps.add(matcher.group(1) != null ? "[" + matcher.group(1) : matcher.group(2));
        }
        return new OwnedPath(steps);
    }

    /** What stands there. */
    Optional<Object> in(Map<String, Object> object) {
        return value(object, steps);
    }

    /** The object with that value there; an object without the way to it is left as it is. */
    @SuppressWarnings("unchecked")
    Map<String, Object> set(Map<String, Object> object, Object value) {
        return steps.isEmpty() ? object : (Map<String, Object>) replaced(object, steps, value);
    }

    private static Optional<Object> value(Object here, List<String> steps) {
        if (steps.isEmpty()) {
            return Optional.of(here);
        }
        List<String> rest = steps.subList(1, steps.size());
        return child(here, steps.get(0)).flatMap(c -> value(c, rest));
    }

    private static Optional<Object> child(Object here, String step) {
        if (here instanceof Map<?, ?> map) {
            return Optional.ofNullable(map.get(key(step)));
        }
        return here instanceof List<?> list
                ? list.stream()
                        .filter(i -> named(i, key(step)))
                        .map(Object.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static Object replaced(Object here, List<String> steps, Object value) {
        if (steps.isEmpty()) {
            return value;
        }
        List<String> rest = steps.subList(1, steps.size());
        if (here instanceof Map<?, ?> map) {
            String key = key(steps.get(0));
            Object child = map.get(key);
            return child == null && !rest.isEmpty()
                    ? here
                    : Trees.with((Map<String, Object>) map, replaced(child == null ? value : child, rest, value), key);
        }
        if (here instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(i -> copy.add(named(i, key(steps.get(0))) ? replaced(i, rest, value) : i));
            return copy;
        }
        return here;
    }

    private static boolean named(Object item, String name) {
        return item instanceof Map<?, ?> map && name.equals(map.get("name"));
    }

    private static String key(String step) {
        return step.startsWith("[") ? step.substring(1) : step;
    }

    /** Whether the object has it with the same value as the other. */
    boolean same(Map<String, Object> one, Map<String, Object> other) {
        return in(one).equals(in(other));
    }
}
