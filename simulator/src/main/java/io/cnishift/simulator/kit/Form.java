package io.cnishift.simulator.kit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One object as its fields: dotted path to value, without what does not count. */
record Form(SortedMap<String, String> fields) {

    static final Form NONE = new Form(new TreeMap<>());
    static final Comparator<Form> ORDER = Comparator.comparing(form -> form.fields.toString());

    static Form of(Map<String, ?> tree, LeftOut leftOut) {
        Form form = new Form(new TreeMap<>());
        form.add("", tree, leftOut);
        return form;
    }

    /** What the other one has otherwise, a field a line. */
    List<String> differences(Form other) {
        TreeSet<String> paths = new TreeSet<>(fields.keySet());
        paths.addAll(other.fields.keySet());
        if (fields.isEmpty() || other.fields.isEmpty()) {
            return List.of(fields.isEmpty() ? "is only in the other one" : "is not in the other one");
        }
        return paths.stream()
                .filter(path -> !words(path).equals(other.words(path)))
                .map(path -> path + " is " + words(path) + ", in the other one " + other.words(path))
                .toList();
    }

    private String words(String path) {
        String value = fields.get(path);
        return value == null ? "absent" : "'" + value + "'";
    }

    private void add(String path, @Nullable Object value, LeftOut leftOut) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                String name = String.valueOf(key);
                if (!leftOut.field(name)) {
                    add(path.isEmpty() ? name : path + "." + leftOut.text(name), inner, leftOut);
                }
            });
        } else if (value instanceof List<?> list) {
            items(list, LeftOut.unordered(path), leftOut)
                    .forEach((item, form) ->
                            form.fields.forEach((inner, text) -> fields.put(path + "[" + item + "]" + inner, text)));
        } else {
            fields.put(path, leftOut.text(String.valueOf(value)));
        }
    }

    /** The items in their order; those that differ in names or addresses alone stand in no order. */
    private static Map<Integer, Form> items(List<?> list, boolean unordered, LeftOut leftOut) {
        List<Form> forms = new ArrayList<>();
        boolean sorted = unordered;
        for (Object item : list) {
            Form form = new Form(new TreeMap<>());
            form.add("", item, leftOut);
            forms.add(form);
            sorted |= form.fields.containsValue(LeftOut.ANY);
        }
        if (sorted) {
            forms.sort(ORDER);
        }
        Map<Integer, Form> numbered = new LinkedHashMap<>();
        forms.forEach(form -> numbered.put(numbered.size(), form));
        return numbered;
    }
}
