package io.cnishift.engine.plan;

import io.cnishift.api.Option;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options of a strategy, as its record's components and their {@link Option} annotations declare them: documented,
 * given defaults, and decoded from what users write on a command line or in a file.
 */
public final class OptionForm {

    private final Codec codec;

    public OptionForm(Codec codec) {
        this.codec = codec;
    }

    /** The options of a strategy: its own, and those that every strategy has. */
    public List<OptionDoc> describeAll(Class<? extends Record> own) {
        return Stream.concat(describe(own).stream(), describe(OwnerOptions.class).stream())
                .toList();
    }

    /** The options of that record. */
    public List<OptionDoc> describe(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(OptionForm::describe)
                .toList();
    }

    /**
     * The record from raw options; texts are read as the component's type wants them. Unknown names, wrong types and
     * values that the record refuses are problems with a remedy.
     */
    public <O extends Record> Decoded<O> decode(Class<O> type, Map<String, Object> given, String where) {
        Map<String, Object> tree = new LinkedHashMap<>(given);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            Object raw = given.get(name);
            if (raw instanceof String text) {
                tree.put(name, typed(component, text));
            } else if (raw == null && !option(component).defaultValue().isEmpty()) {
                tree.put(name, typed(component, option(component).defaultValue()));
            } else if (raw instanceof Map<?, ?> keyed && component.getType() == Map.class) {
                tree.put(name, typedValues(component, keyed));
            }
        }
        return codec.fromTree(type, tree, where);
    }

    private static OptionDoc describe(RecordComponent component) {
        Option option = option(component);
        boolean keyed = component.getType() == Map.class;
        Optional<String> fallback = Optional.of(option.defaultValue()).filter(d -> !d.isEmpty());
        boolean optional = fallback.isPresent() || keyed || mayBeAbsent(component.getType());
        String name = component.getName() + (keyed ? ".NAME" : "");
        return new OptionDoc(name, typeName(component), fallback, !optional, option.description(), option.example());
    }

    private static Option option(RecordComponent component) {
        return Objects.requireNonNull(
                component.getAnnotation(Option.class),
                () -> component.getDeclaringRecord().getName() + "." + component.getName() + " has no @Option");
    }

    private static boolean mayBeAbsent(Class<?> type) {
        return type.getName().startsWith("java.util.Optional") || List.class.isAssignableFrom(type);
    }

    private static String typeName(RecordComponent component) {
        String generic = component.getGenericType().getTypeName();
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining("|"));
        }
        if (whole(generic)) {
            return "whole number";
        }
        if (type == boolean.class || generic.contains("java.lang.Boolean")) {
            return "true|false";
        }
        if (generic.contains("java.time.Duration")) {
            return "seconds";
        }
        return List.class.isAssignableFrom(type) ? "list, comma-separated" : "text";
    }

    private static boolean whole(String generic) {
        return generic.equals("int")
                || generic.equals("long")
                || generic.contains("OptionalInt")
                || generic.contains("OptionalLong")
                || generic.contains("java.lang.Integer")
                || generic.contains("java.lang.Long");
    }

    private static Map<String, Object> typedValues(RecordComponent component, Map<?, ?> keyed) {
        Map<String, Object> typed = new LinkedHashMap<>();
        keyed.forEach((key, value) ->
                typed.put(String.valueOf(key), value instanceof String text ? scalar(component, text) : value));
        return typed;
    }

    private static Object typed(RecordComponent component, String text) {
        if (!List.class.isAssignableFrom(component.getType())) {
            return scalar(component, text);
        }
        // as JSON and YAML write a list, too: [a, b]
        String inner = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        List<Object> items = new ArrayList<>();
        Arrays.stream(inner.split(","))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .forEach(t -> items.add(scalar(component, t)));
        return items;
    }

    /** Text that is no number or flag stays text, so that the codec names the wrong type with its place. */
    private static Object scalar(RecordComponent component, String text) {
        String generic = component.getGenericType().getTypeName();
        if (whole(generic) || generic.contains("java.time.Duration")) {
            return text.matches("-?[0-9]{1,18}") ? (Object) Long.parseLong(text) : text;
        }
        if ((generic.equals("boolean") || generic.contains("java.lang.Boolean")) && text.matches("true|false")) {
            return Boolean.valueOf(text);
        }
        return text;
    }
}
