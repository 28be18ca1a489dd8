package io.cnishift.cli.command;

import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.page.RunPage;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.Reports;
import io.cnishift.engine.report.StatusReport;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows where a migration stands, from its journal alone. */
@Command(
        name = "status",
        description =
                "Shows where a migration stands, from this machine's journal or, with --cluster eks:NAME, from the"
                        + " cluster's copy; -o markdown is a note for hand-over.")
final class StatusCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Provider<RunParts> parts;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MIGRATION", description = "Without one: the latest.")
    private @Nullable String migration;

    @Option(
            names = {"-w", "--watch"},
            description = "Show it again whenever it changes, as long as the run is at work.")
    private boolean watch;

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
        Optional<String> given = Optional.ofNullable(migration);
        Optional<ClusterTarget> real =
                target.givenReal(root.terminal().folder()).map(cluster -> run.reached(cluster, given));
        String id = real.isPresent()
                ? ""
                : run.shelf().id(given, target.given(root.terminal().folder()));
        Supplier<StatusReport> look =
                () -> real.map(cluster -> run.real().status(cluster, given)).orElseGet(() -> here(run, id));
        StatusReport status = look.get();
        print(run, status);
        while (watch && status.outcome().isEmpty() && status.lock().isPresent()) {
            run.time().await(run.time().now().plus(EVERY));
            StatusReport now = look.get();
            if (!now.equals(status)) {
                print(run, now);
            }
            status = now;
        }
        return ExitCode.OK.number();
    }

    private void print(RunParts run, StatusReport status) {
        output.print(root.terminal(), run.codec(), StatusReport.class, status, s -> RunPage.of(s, hints(run, s)));
        root.terminal().out().flush();
    }

    /** Commands to be given next; what a plan needs is known of migrations of this machine. */
    private UnaryOperator<String> hints(RunParts run, StatusReport status) {
        String id = status.migrationId();
        return run.shelf().ids().contains(id)
                ? text -> root.hint(Again.of(run.shelf().plan(id).plan(), run.strategies(), "")
                        .in(text))
                : root::hint;
    }

    private StatusReport here(RunParts run, String id) {
        StoredPlan stored = run.shelf().plan(id);
        target.mustBe(stored.plan().cluster(), root.terminal().folder());
        try (Journal journal = run.shelf().journal(id)) {
            return Reports.status(stored.plan(), journal, run.shelf().lock(id).holder());
        }
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
