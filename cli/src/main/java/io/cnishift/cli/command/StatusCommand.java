package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.page.RunPage;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.Reports;
import io.cnishift.engine.report.StatusReport;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows where a migration stands, from its journal alone. */
@Command(name = "status", description = "Shows where a migration stands; -o markdown is a note for hand-over.")
final class StatusCommand implements Callable<Integer> {

    private final Provider<RunParts> parts;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MIGRATION", description = "Without one: the latest.")
    private @Nullable String migration;

    @Option(names = "--all", description = "List the migrations of this machine, the one worked on last first.")
    private boolean all;

    @Inject
    StatusCommand(Provider<RunParts> parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() {
        RunParts run = parts.get();
        if (all) {
            return list(run);
        }
        String id = run.shelf().id(Optional.ofNullable(migration));
        StoredPlan stored = run.shelf().plan(id);
        try (Journal journal = run.shelf().journal(id)) {
            StatusReport status =
                    Reports.status(stored.plan(), journal, run.shelf().lock(id).holder());
            output.print(root.terminal(), run.codec(), StatusReport.class, status, RunPage::of);
        }
        return ExitCode.OK.number();
    }

    private int list(RunParts run) {
        if (migration != null) {
            throw MigrationException.user("CLI-USAGE", "--all and a migration exclude each other", "give one of them");
        }
        List<MigrationLine> lines = run.shelf().ids().stream()
                .map(id -> MigrationLine.of(id, run.shelf()))
                .toList();
        output.printList(root.terminal(), run.codec(), MigrationLine.class, lines, MigrationLine::page);
        return ExitCode.OK.number();
    }
}
