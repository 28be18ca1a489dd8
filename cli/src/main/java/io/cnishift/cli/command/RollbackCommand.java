package io.cnishift.cli.command;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.page.RollbackPage;
import io.cnishift.cli.page.TextPages;
import io.cnishift.cli.run.Bench;
import io.cnishift.cli.run.Seconds;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.rollback.RollbackPlan;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes a migration back: shows the way with its cost, asks, goes it. */
@Command(
        name = "rollback",
        description = "Takes a migration back, or a part of it: shows the way and its cost, and asks.")
final class RollbackCommand implements Callable<Integer> {

    private final Provider<RunParts> parts;
    private final Provider<WorldFactory> worlds;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ProbeOptions probes;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private HelmOptions helm;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MIGRATION", description = "Without one: the latest.")
    private @Nullable String migration;

    @Option(names = "--to", paramLabel = "PHASE", description = "The last phase that stays; without one none does.")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "Show the way back and change nothing.")
    private boolean dryRun;

    @Inject
    RollbackCommand(Provider<RunParts> parts, Provider<WorldFactory> worlds) {
        this.parts = parts;
        this.worlds = worlds;
    }

    @Override
    public Integer call() {
        Terminal terminal = root.terminal();
        RunParts run = parts.get().using(helm.choice(terminal.folder()));
        Steady steady = new Steady(terminal, root.verbose());
        String id = run.id(Optional.ofNullable(migration), target, terminal.folder(), steady::say);
        Rollbacks rollbacks = new Rollbacks(run.runner());
        helm.require(run.shelf().plan(id).plan());
        try (Bench bench = run.reopen(id, target, probes, terminal, steady::say)) {
            RollbackPlan plan = plan(rollbacks, bench, run);
            if (dryRun) {
                output.print(terminal, run.codec(), RollbackPlan.class, plan, RollbackPage::of);
                return plan.refusal().isPresent() ? ExitCode.BLOCKED.number() : ExitCode.OK.number();
            }
            terminal.err().print(TextPages.plain().text(RollbackPage.of(plan).in(terminal::commands)));
            terminal.err().flush();
            if (plan.refusal().isPresent()) {
                return ExitCode.BLOCKED.number();
            }
            confirmation.require(terminal, "Go this way back?");
            steady.say("rolling back migration " + id);
            RunResult result = run.run(
                    bench,
                    RunLimits.NONE,
                    "rollback",
                    request -> rollbacks.run(request, plan),
                    terminal,
                    steady.telling());
            return Outcome.print(
                    result,
                    root,
                    output,
                    run.codec(),
                    Again.of(bench.plan().plan(), run.strategies(), helm.words() + probes.words()));
        }
    }

    private RollbackPlan plan(Rollbacks rollbacks, Bench bench, RunParts run) {
        RunRequest request = RunRequest.of(bench.plan(), bench.journal(), bench.world());
        String source = bench.plan().plan().cluster().source();
        Set<Part> parts = run.strategies().parts(bench.plan().plan().strategy());
        return rollbacks.plan(request, Optional.ofNullable(to), () -> {
            ClusterSnapshot now = ClusterReader.read(bench.world(), source, parts);
            WorldFactory.Settings settings = new WorldFactory.Settings(1, Map.of());
            return Seconds.now(bench.plan().plan(), bench.world(), now, parts)
                    .map(second -> worlds.get().open(now, second, settings))
                    .orElseGet(() -> worlds.get().open(now, settings));
        });
    }
}
