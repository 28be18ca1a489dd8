package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.engine.compare.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The call that plans what a comparison recommends: with the options of the comparison, and the consents that are missing. */
final class PlanCall {

    /** What {@code plan} does not ask. */
    private static final Set<String> OF_COMPARE =
            Set.of("--prefer", "--seed", "--output", "--fail-on", "--verbose", "--help");

    private PlanCall() {}

    /** The call; empty where nothing is to be done. */
    static Optional<String> of(Comparison comparison, ParseResult given) {
        return comparison.strategies().stream()
                .filter(row -> comparison
                        .recommendation()
                        .strategy()
                        .filter(row.id()::equals)
                        .isPresent())
                .filter(row -> row.rehearsal().isPresent())
                .findFirst()
                .map(row -> call(row, given));
    }

    private static String call(Comparison.Row row, ParseResult given) {
        List<String> words = new ArrayList<>(List.of("cnishift", "plan"));
        given.matchedOptions().stream()
                .filter(option -> !OF_COMPARE.contains(option.longestName()))
                .forEach(option -> words.addAll(again(option)));
        words.addAll(List.of("--strategy", row.id()));
        String consents =
                Refusals.consents(row.findings().stream().filter(Finding::stops).toList());
        if (!consents.isEmpty()) {
            words.add(consents);
        }
        words.add("--out plan.yaml");
        return String.join(" ", words);
    }

    private static List<String> again(OptionSpec option) {
        return option.originalStringValues().stream()
                .map(value -> option.longestName() + " " + quoted(value))
                .toList();
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@%+=,-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
