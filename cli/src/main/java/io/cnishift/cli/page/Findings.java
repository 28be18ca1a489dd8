package io.cnishift.cli.page;

import io.cnishift.api.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings in words. */
public final class Findings {

    /** So many findings of a kind are shown one by one, and so many subjects of more. */
    private static final int FEW = 3;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private Findings() {}

    /**
     * One finding an item, hidden ones left out. Where more than a few say the same of many subjects, and differ in numbers at
     * most, they are one item that names the first subjects and counts the others.
     */
    public static List<String> items(List<Finding> findings) {
        Map<List<String>, List<Finding>> alike = new LinkedHashMap<>();
        findings.stream()
                .filter(f -> f.suppressed().isEmpty())
                .forEach(f -> alike.computeIfAbsent(pattern(f), k -> new ArrayList<>())
                        .add(f));
        return alike.values().stream()
                .flatMap(group -> group.size() > FEW
                        ? Stream.of(folded(group))
                        : group.stream().map(f -> item(f, f.subject())))
                .toList();
    }

    /** In short, without what is to be done: one sentence for all subjects of which the same is said. */
    static List<String> told(List<Finding> findings) {
        Map<List<String>, List<Finding>> alike = new LinkedHashMap<>();
        findings.forEach(f -> alike.computeIfAbsent(
                        List.of(f.code(), f.message(), f.accepted().isPresent() ? ", accepted" : ""),
                        k -> new ArrayList<>())
                .add(f));
        return alike.entrySet().stream()
                .map(e -> e.getKey().get(1) + " (" + e.getKey().get(0) + ", " + subjects(e.getValue())
                        + e.getKey().get(2) + ")")
                .toList();
    }

    private static String subjects(List<Finding> group) {
        return group.stream().limit(FEW).map(Finding::subject).collect(Collectors.joining(", "))
                + (group.size() > FEW ? " and " + (group.size() - FEW) + " more" : "");
    }

    /** What findings have in common that are shown as one. */
    private static List<String> pattern(Finding f) {
        return List.of(weight(f), f.code(), NUMBER.matcher(f.message()).replaceAll("0"), next(f));
    }

    private static String folded(List<Finding> group) {
        boolean same = group.stream().map(Finding::message).distinct().count() == 1;
        return item(group.get(0), subjects(group) + (same ? "" : " alike, of which the first"));
    }

    /** How many are hidden, in words; empty when none is. */
    public static String hidden(List<Finding> findings) {
        long hidden = findings.stream().filter(f -> f.suppressed().isPresent()).count();
        return hidden == 0 ? "" : hidden + " hidden by .cnishift.yaml; -o json shows them.";
    }

    private static String item(Finding f, String subject) {
        String next = next(f);
        return weight(f) + " " + f.code() + ", " + subject + ": " + f.message()
                + (next.isEmpty() ? "" : "\n-> " + next);
    }

    private static String next(Finding f) {
        return f.curedBy().map(step -> "cured by step " + step).orElse(f.remedy());
    }

    private static String weight(Finding f) {
        if (f.accepted().isPresent()) {
            return f.severity() + " (accepted)";
        }
        return f.curedBy().isPresent()
                ? f.severity() + " (cured)"
                : f.severity().toString();
    }
}
