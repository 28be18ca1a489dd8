package io.cnishift.engine.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way into a tree: component names joined by dots; behind a name in brackets, a key of a map, an index of a list, or
 * {@code name=value} for the element of a list that has it: {@code podSpec.containers[name=aws-node].image},
 * {@code labels[cni/type]}, {@code subnets[0]}.
 */
record FieldPath(List<Step> steps) {

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([^\\]]+)]");

    /** One key; inside brackets it may also be an index or a selection. */
    private record Step(String key, boolean bracketed) {}

    static FieldPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String between = text.substring(end, matcher.start());
            boolean bracketed = matcher.group(2) != null;
            boolean first = steps.isEmpty();
            boolean joined = bracketed ? between.isEmpty() && !first : between.equals(first ? "" : ".");
            if (!joined) {
                throw malformed(text);
            }
            steps.add(new Step(bracketed ? matcher.group(2) : matcher.group(1), bracketed));
            end = matcher.end();
        }
        if (steps.isEmpty() || end != text.length()) {
            throw malformed(text);
        }
        return new FieldPath(List.copyOf(steps));
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("'" + text + "' is no field; write names joined by dots, map keys and list"
                + " elements in brackets: podSpec.containers[name=app].image");
    }

    Optional<Object> in(@Nullable Object tree) {
        @Nullable Object here = tree;
        for (Step step : steps) {
            here = next(here, step);
        }
        return Optional.ofNullable(here);
    }

    private static @Nullable Object next(@Nullable Object here, Step step) {
        if (here instanceof Map<?, ?> map) {
            return map.get(step.key());
        }
        if (here instanceof List<?> list && step.bracketed()) {
            int equals = step.key().indexOf('=');
            return equals > 0
                    ? selected(list, step.key().substring(0, equals), step.key().substring(equals + 1))
                    : indexed(list, step.key());
        }
        return null;
    }

    private static @Nullable Object selected(List<?> list, String name, String value) {
        return list.stream()
                .filter(item -> item instanceof Map<?, ?> map && value.equals(String.valueOf(map.get(name))))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object indexed(List<?> list, String index) {
        int at = index.matches("[0-9]{1,6}") ? Integer.parseInt(index) : list.size();
        return at < list.size() ? list.get(at) : null;
    }
}
