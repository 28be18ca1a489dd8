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

    /** Columns of a line, but for what says that the call goes on. */
    private static final int WIDTH = 98;

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
                .map(row -> call(row, others(comparison, row), given));
    }

    private static List<String> others(Comparison comparison, Comparison.Row taken) {
        return comparison.strategies().stream()
                .map(Comparison.Row::id)
                .filter(id -> !id.equals(taken.id()))
                .toList();
    }

    private static String call(Comparison.Row row, List<String> others, ParseResult given) {
        List<String> words = new ArrayList<>(List.of("cnishift plan"));
        given.matchedOptions().stream()
                .filter(option -> !OF_COMPARE.contains(option.longestName()))
                .forEach(option -> words.addAll(again(option, others)));
        words.add("--strategy " + row.id());
        words.addAll(
                Refusals.consents(row.findings().stream().filter(Finding::stops).toList()));
        words.add("--out plan.yaml");
        return folded(words);
    }

    /** As lines that a shell takes for one. */
    private static String folded(List<String> words) {
        StringBuilder call = new StringBuilder(words.get(0));
        int column = call.length();
        for (String word : words.subList(1, words.size())) {
            boolean fits = column + 1 + word.length() <= WIDTH;
            call.append(fits ? " " : " \\\n    ").append(word);
            column = (fits ? column + 1 : 4) + word.length();
        }
        return call.toString();
    }

    /** A plan is of one strategy, and takes no options of others. */
    private static List<String> again(OptionSpec option, List<String> others) {
        return option.originalStringValues().stream()
                .filter(value -> !option.longestName().equals("--set")
                        || others.stream().noneMatch(id -> value.startsWith(id + ".")))
                .map(value -> option.longestName() + " " + quoted(value))
                .toList();
    }

    /** One word for a shell. */
    static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@%+=,-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
