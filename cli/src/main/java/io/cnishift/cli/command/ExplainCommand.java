package io.cnishift.cli.command;

import io.cnishift.cli.explain.CodeBook;
import io.cnishift.cli.page.CodesPage;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.report.ExitCode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Explains one code in full, or lists all. */
@Command(name = "explain", description = "Explains the code of a finding or an error in full; without one lists all.")
final class ExplainCommand implements Callable<Integer> {

    private final Provider<StrategyBook> strategies;
    private final Provider<Codec> codec;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CODE", description = "A code such as STAY-ROOM.")
    private @Nullable String code;

    @Inject
    ExplainCommand(Provider<StrategyBook> strategies, Provider<Codec> codec) {
        this.strategies = strategies;
        this.codec = codec;
    }

    @Override
    public Integer call() {
        CodeBook book = CodeBook.of(strategies.get());
        String wanted = code;
        if (wanted == null) {
            List<CodeBook.Explanation> all = List.copyOf(book.all().values());
            output.printList(root.terminal(), codec.get(), CodeBook.Explanation.class, all, CodesPage::of);
            return ExitCode.OK.number();
        }
        CodeBook.Explanation found = book.require(wanted);
        output.print(root.terminal(), codec.get(), CodeBook.Explanation.class, found, CodesPage::of);
        return ExitCode.OK.number();
    }
}
