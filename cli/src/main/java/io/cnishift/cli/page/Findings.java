package io.cnishift.cli.page;

import io.cnishift.api.Finding;
import java.util.List;

/** Findings in words. */
public final class Findings {

    private Findings() {}

    /** One finding an item, hidden ones left out. */
    public static List<String> items(List<Finding> findings) {
        return findings.stream()
                .filter(f -> f.suppressed().isEmpty())
                .map(Findings::item)
                .toList();
    }

    /** How many are hidden, in words; empty when none is. */
    public static String hidden(List<Finding> findings) {
        long hidden = findings.stream().filter(f -> f.suppressed().isPresent()).count();
        return hidden == 0 ? "" : hidden + " hidden by .cnishift.yaml; -o json shows them.";
    }

    private static String item(Finding f) {
        String next = f.curedBy().map(step -> "cured by step " + step).orElse(f.remedy());
        return weight(f) + " " + f.code() + ", " + f.subject() + ": " + f.message()
                + (next.isEmpty() ? "" : "\n-> " + next);
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
