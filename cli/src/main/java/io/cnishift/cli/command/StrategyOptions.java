package io.cnishift.cli.command;

import io.cnishift.cli.input.Documents;
import io.cnishift.cli.input.OptionTexts;
import io.cnishift.cli.input.Settings;
import io.cnishift.cli.input.ValueFiles;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.StrategyBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of strategies and chart values. */
final class StrategyOptions {

    @Option(
            names = "--set",
            paramLabel = "[ID.]NAME=VALUE",
            description = "An option of a strategy; may be repeated. 'cnishift strategies' lists them.")
    private List<String> set = List.of();

    @Option(
            names = "--options",
            paramLabel = "FILE",
            description = "Options in a file, a section for each strategy id.")
    private @Nullable String options;

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "Chart values, merged under those that a phase needs; may be repeated, the last wins.")
    private List<String> values = List.of();

    /** Whether any option was given on the command line. */
    boolean chosen() {
        return !set.isEmpty() || options != null;
    }

    /** The options by strategy, then by name. */
    Map<String, Map<String, Object>> options(
            StrategyBook book, Settings settings, Optional<String> chosen, Codec codec, Path folder) {
        List<String> ids = book.all().stream().map(LoadedStrategy::id).toList();
        OptionTexts texts = new OptionTexts(ids, chosen).sections(settings.options(), ".cnishift.yaml");
        if (options != null) {
            texts.sections(Documents.tree(codec, Documents.file(options, folder)), options);
        }
        return texts.set(set).byStrategy();
    }

    /** The chart values of all files. */
    Map<String, Object> values(Codec codec, Path folder) {
        Map<String, Object> merged = Map.of();
        for (String file : values) {
            merged = ValueFiles.merged(merged, Documents.tree(codec, Documents.file(file, folder)));
        }
        return merged;
    }
}
