package io.cnishift.engine.codec;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Turns what the YAML scanner complains about into one line and a remedy for the mistakes people make most. */
final class YamlSyntax {
    private YamlSyntax() {}

    static BrokenDocument explain(Position at, MarkedYAMLException error) {
        String problem = error.getProblem() == null ? "" : error.getProblem();
        return new BrokenDocument(at, "is not valid YAML: " + message(problem, error.getContext()), remedy(problem));
    }

    private static String message(String problem, @Nullable String context) {
        String first = problem.isEmpty() ? "" : BrokenDocuments.firstLine(problem);
        String around = context == null ? "" : BrokenDocuments.firstLine(context);
        if (first.isEmpty()) {
            return around.isEmpty() ? "it cannot be parsed" : around;
        }
        return around.isEmpty() ? first : around + ", " + first;
    }

    private static String remedy(String problem) {
        if (problem.contains("TAB")) {
            return "indent with spaces, never with tabs";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "quote a text that contains \": \", and check the indentation";
        }
        if (problem.contains("cannot start any token")) {
            return "quote the text";
        }
        if (problem.contains("expected <block end>")) {
            return "check the indentation of this line";
        }
        return "correct the YAML there";
    }
}
