package io.cnishift.cli.command;

import io.cnishift.adapters.helm.HelmChoice;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.TimeSource;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.run.Bench;
import io.cnishift.cli.run.RealRuns;
import io.cnishift.cli.run.Rehearsals;
import io.cnishift.cli.run.Shelf;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.Interrupt;
import io.cnishift.engine.run.RunListener;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the commands that run something share. */
record RunParts(
        Runner runner,
        Rehearsals rehearsals,
        Shelf shelf,
        RealRuns real,
        PlanFiles files,
        StrategyBook strategies,
        Codec codec,
        TimeSource time) {
    @Inject
    RunParts {}

    /** The same with another Helm for real clusters. */
    RunParts using(HelmChoice helm) {
        return new RunParts(runner, rehearsals, shelf, real.using(helm), files, strategies, codec, time);
    }

    /** The plan of a file, as the user named it. */
    StoredPlan plan(String file, Terminal terminal) {
        return PlanInput.read(file, terminal.folder(), files, strategies);
    }

    /** The migration that is meant: one of the cluster that is named, brought to this machine, or one of this machine. */
    String id(Optional<String> given, TargetOptions target, Path folder, Consumer<String> told) {
        return target.givenReal(folder)
                .map(cluster -> real.fetch(reached(cluster, given), given, told))
                .orElseGet(() -> shelf.id(given, target.given(folder)));
    }

    /** A cluster that is named, reached as this machine reached it last, but for what is said now. */
    ClusterTarget reached(ClusterTarget cluster, Optional<String> migration) {
        return migration
                .filter(shelf.ids()::contains)
                .or(() -> shelf.lastOn(target -> target.name().equals(cluster.name())))
                .map(id -> new ClusterTarget(cluster.name(), shelf.under(cluster.settings(), id), cluster.probeImage()))
                .orElse(cluster);
    }

    /** Tells what somebody would have to do without where a run of that plan stops as it is told to. */
    void warn(MigrationPlan plan, RunLimits limits, Steady steady) {
        runner.withoutAtStops(plan, limits).forEach(what -> steady.say("unsafe to rest at: " + what));
    }

    /** The cluster of a migration with the journal to go on with, wherever it stands. */
    Bench reopen(String id, TargetOptions target, ProbeOptions probes, Terminal terminal, Consumer<String> told) {
        Target of = shelf.plan(id).plan().cluster();
        target.mustBe(of, terminal.folder());
        if (shelf.simulated(id)) {
            target.requireReal(Place.parse(of.source(), terminal.folder()));
        }
        return shelf.simulated(id)
                ? shelf.reopen(id)
                : real.goOn(id, probes.of(target.real(of, way(id, target, terminal))), told);
    }

    /** How the cluster of a migration is reached: as it is said now, and otherwise as the last time. */
    private ConnectionSettings way(String id, TargetOptions target, Terminal terminal) {
        return shelf.under(target.connection().settings(terminal.folder()), id);
    }

    /** Runs on a cluster: under its lock, stopped by Ctrl-C, told on stderr. */
    RunResult run(
            Bench bench,
            RunLimits limits,
            String operation,
            Function<RunRequest, RunResult> how,
            Terminal terminal,
            RunListener listener) {
        Interrupt interrupt = new Interrupt();
        RunRequest request = RunRequest.of(bench.plan(), bench.journal(), bench.world())
                .within(limits)
                .locked(bench.lock(), holder(operation, terminal))
                .toldTo(listener)
                .stoppedBy(interrupt);
        Signals.Registration registered = terminal.signals()
                .onInterrupt(
                        () -> stop(interrupt, operation, terminal),
                        () -> (bench.journal().isEmpty() ? ExitCode.INTERRUPTED : ExitCode.PAUSED).number());
        try {
            return how.apply(request);
        } finally {
            registered.close();
        }
    }

    private static void stop(Interrupt interrupt, String operation, Terminal terminal) {
        // first of all: a terminal that takes no more lines must not keep the run going
        interrupt.request();
        terminal.err()
                .println("cnishift: " + operation + " stops once the act under way is done and the cluster is parked;"
                        + " Ctrl-C again stops at once");
        terminal.err().flush();
    }

    private LockHolder holder(String operation, Terminal terminal) {
        String user = terminal.environment().getOrDefault("USER", System.getProperty("user.name", "somebody"));
        return new LockHolder(
                user + ", process " + ProcessHandle.current().pid(),
                ThisMachine.name(terminal.environment()),
                operation,
                time.now());
    }
}
