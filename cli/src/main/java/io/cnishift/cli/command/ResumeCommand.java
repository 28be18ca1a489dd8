package io.cnishift.cli.command;

import io.cnishift.cli.run.Bench;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.Choices;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Goes on with a migration where its journal stands. */
@Command(
        name = "resume",
        description =
                "Goes on with a migration that stopped, or whose process died; with --cluster eks:NAME on any machine.")
final class ResumeCommand implements Callable<Integer> {

    private final Provider<RunParts> parts;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ProbeOptions probes;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MIGRATION", description = "Without one: the latest.")
    private @Nullable String migration;

    @Option(
            names = "--past",
            paramLabel = "PHASE",
            description = "Go past the hold before this phase; may be repeated.")
    private List<String> past = List.of();

    @Option(
            names = "--yes",
            description = "Nothing is asked: what goes on was confirmed. Taken so that scripts can give it always.")
    @SuppressWarnings("unused") // there is no question that it would answer
    private boolean yes;

    @Mixin
    private LimitOptions limits;

    @Mixin
    private HelmOptions helm;

    @Mixin
    private HostOptions hosts;

    @Inject
    ResumeCommand(Provider<RunParts> parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() {
        Path folder = root.terminal().folder();
        RunParts run = parts.get().using(helm.choice(folder));
        Steady steady = new Steady(root.terminal(), root.verbose());
        String id = run.id(Optional.ofNullable(migration), target, folder, steady::say);
        if (!run.shelf().simulated(id)) {
            hosts.require(run.shelf().plan(id).plan(), run.strategies(), steady);
        }
        RunLimits within = limits.in(RunLimits.NONE.past(past));
        Choices.require(run.shelf().plan(id).plan(), within);
        helm.require(run.shelf().plan(id).plan());
        try (Bench bench = run.reopen(id, target, probes, root.terminal(), steady::say)) {
            steady.say("resuming migration " + id);
            run.warn(bench.plan().plan(), within, steady);
            RunResult result =
                    run.run(bench, within, "resume", run.runner()::resume, root.terminal(), steady.telling());
            return Outcome.print(
                    result,
                    root,
                    output,
                    run.codec(),
                    Again.of(bench.plan().plan(), run.strategies(), helm.words() + probes.words()));
        }
    }
}
