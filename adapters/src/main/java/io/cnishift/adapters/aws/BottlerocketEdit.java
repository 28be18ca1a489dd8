package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Taint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes the settings of Bottlerocket, TOML as people write it into user data: one setting a line. A setting that is there is
 * replaced in its line; a new one goes into its table, which is made at the end where it is missing.
 */
final class BottlerocketEdit {

    private static final String KUBERNETES = "settings.kubernetes";
    private static final Pattern SECTION = Pattern.compile("^\\s*\\[\\s*([^\\[\\]]+?)\\s*]\\s*(#.*)?$");
    private static final Pattern KEY =
            Pattern.compile("^\\s*(\"[^\"]+\"|'[^']+'|[A-Za-z0-9_.-]+(?:\\.\"[^\"]+\")?)\\s*=.*$");

    private final List<String> lines;

    private BottlerocketEdit(String toml) {
        lines = new ArrayList<>(toml.lines().toList());
    }

    static String edit(String toml, NodeSettings settings) {
        BottlerocketEdit edit = new BottlerocketEdit(toml);
        settings.maxPods().ifPresent(n -> edit.set(KUBERNETES, "max-pods", String.valueOf(n)));
        new TreeMap<>(settings.labels()).forEach((k, v) -> edit.set(KUBERNETES + ".node-labels", k, quoted(v)));
        byKey(settings.taints()).forEach((k, values) -> edit.set(KUBERNETES + ".node-taints", k, "[" + values + "]"));
        return String.join("\n", edit.lines) + "\n";
    }

    private static Map<String, String> byKey(List<Taint> taints) {
        return taints.stream()
                .collect(Collectors.groupingBy(
                        Taint::key,
                        LinkedHashMap::new,
                        Collectors.mapping(t -> quoted(t.value() + ":" + t.effect()), Collectors.joining(", "))));
    }

    private void set(String table, String key, String value) {
        String section = "";
        int inTable = -1;
        int dotted = -1;
        for (int i = 0; i < lines.size(); i++) {
            Matcher header = SECTION.matcher(lines.get(i));
            Matcher setting = KEY.matcher(lines.get(i));
            if (header.matches()) {
                section = bare(header.group(1));
                inTable = section.equals(table) ? i : inTable;
            } else if (setting.matches()) {
                String path = (section.isEmpty() ? "" : section + ".") + bare(setting.group(1));
                if (path.equals(table + "." + key)) {
                    lines.set(i, setting.group(1) + " = " + value);
                    return;
                }
                if (path.equals(table)) {
                    throw new IllegalArgumentException(
                            "its " + table + " is a table in one line, which is not changed");
                }
                dotted = section.isEmpty() && path.startsWith(table + ".") ? i : dotted;
            }
        }
        add(table, key, value, inTable, dotted);
    }

    /** A table that is written with dots may not be opened again with a header. */
    private void add(String table, String key, String value, int inTable, int dotted) {
        if (inTable >= 0) {
            lines.add(inTable + 1, key(key) + " = " + value);
        } else if (dotted >= 0) {
            lines.add(dotted + 1, table + "." + key(key) + " = " + value);
        } else {
            lines.add("[" + table + "]");
            lines.add(key(key) + " = " + value);
        }
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String key(String text) {
        return text.matches("[A-Za-z0-9_-]+") ? text : quoted(text);
    }

    private static String bare(String path) {
        return path.replace("\"", "").replace("'", "");
    }
}
