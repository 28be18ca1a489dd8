package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.Table;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.OptionDoc;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.report.ExitCode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lists the strategies with their options and where each was loaded from. */
@Command(name = "strategies", description = "Lists the strategies with their options and where each was loaded from.")
final class StrategiesCommand implements Callable<Integer> {

    private final Provider<StrategyBook> book;
    private final Provider<Codec> codec;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0..*", paramLabel = "ID", description = "Only these strategies (default: all).")
    private List<String> ids = List.of();

    @Inject
    StrategiesCommand(Provider<StrategyBook> book, Provider<Codec> codec) {
        this.book = book;
        this.codec = codec;
    }

    /**
     * One strategy as published.
     *
     * @param findings what is wrong with the plug-in; empty for a strategy that can be used
     */
    record StrategyLine(
            String id,
            String title,
            String summary,
            String source,
            int apiVersion,
            List<OptionDoc> options,
            List<Finding> findings) {
        StrategyLine {
            Objects.requireNonNull(id);
            Objects.requireNonNull(title);
            Objects.requireNonNull(summary);
            Objects.requireNonNull(source);
            options = List.copyOf(options);
            findings = List.copyOf(findings);
        }
    }

    @Override
    public Integer call() {
        OptionForm form = new OptionForm(codec.get());
        StrategyBook strategies = book.get();
        List<LoadedStrategy> chosen = ids.isEmpty()
                ? strategies.all()
                : ids.stream().distinct().map(strategies::require).toList();
        List<StrategyLine> lines =
                chosen.stream().map(loaded -> line(loaded, form)).toList();
        output.printList(root.terminal(), codec.get(), StrategyLine.class, lines, StrategiesCommand::page);
        return ExitCode.OK.number();
    }

    private static StrategyLine line(LoadedStrategy loaded, OptionForm form) {
        var descriptor = loaded.strategy().descriptor();
        return new StrategyLine(
                descriptor.id(),
                descriptor.title(),
                descriptor.summary(),
                loaded.source(),
                descriptor.apiVersion(),
                loaded.fault().isPresent() ? List.of() : form.describeAll(descriptor.options()),
                loaded.fault().stream().toList());
    }

    /** The name of a jar alone: where it stands would take the whole width. */
    private static String place(StrategyLine strategy) {
        return strategy.source().substring(strategy.source().lastIndexOf('/') + 1);
    }

    private static Page page(List<StrategyLine> lines) {
        Page.Builder page = Page.builder();
        Table.Builder table = Table.of("strategy", "title", "source", ">options", "what it does");
        lines.forEach(s -> table.row(s.id(), s.title(), place(s), s.options().size(), s.summary()));
        page.table(table.build());
        for (StrategyLine strategy : lines) {
            if (!strategy.findings().isEmpty()) {
                continue;
            }
            Table.Builder options = Table.of("option", "type", "description");
            strategy.options()
                    .forEach(o -> options.row(
                            o.name(),
                            o.type()
                                    + o.defaultValue()
                                            .map(d -> "\n(default " + d + ")")
                                            .orElse(o.required() ? "\n(required)" : ""),
                            o.description() + (o.example().isEmpty() ? "" : "\nFor example " + o.example())));
            String from = place(strategy).equals(strategy.source()) ? "" : ", from " + strategy.source();
            page.table("Options of " + strategy.id() + from, options.build());
        }
        return page.sentence(
                        "\nGive an option with --set NAME=VALUE, or --set ID.NAME=VALUE where several strategies run.")
                .build();
    }
}
