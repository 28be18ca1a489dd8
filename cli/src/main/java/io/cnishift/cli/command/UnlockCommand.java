package io.cnishift.cli.command;

import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.lock.LeaseLock;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.engine.report.ExitCode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes the lock on a cluster away from a run that cannot give it back. */
@Command(
        name = "unlock",
        description =
                "Shows who holds the lock on a real cluster, asks, and takes it away; a run that is still at work stops"
                        + " before its next act.")
final class UnlockCommand implements Callable<Integer> {

    private final Provider<RunParts> parts;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Mixin
    private Confirmation confirmation;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MIGRATION", description = "Without one: the latest.")
    private @Nullable String migration;

    @Inject
    UnlockCommand(Provider<RunParts> parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() {
        RunParts run = parts.get();
        Terminal terminal = root.terminal();
        ClusterTarget cluster = target.givenReal(terminal.folder())
                .map(named -> run.reached(named, Optional.empty()))
                .orElseGet(() -> of(run, terminal));
        return run.real()
                .lease(
                        cluster,
                        (lease, holder) -> holder.map(h -> broken(lease, h, terminal))
                                .orElseGet(() -> said("nobody holds the lock on " + cluster)));
    }

    private ClusterTarget of(RunParts run, Terminal terminal) {
        String id = run.shelf().id(Optional.ofNullable(migration), target.given(terminal.folder()));
        if (run.shelf().simulated(id)) {
            String who =
                    run.shelf().lock(id).holder().map(h -> "it is held by " + h).orElse("nobody holds it");
            throw MigrationException.user(
                    "CLI-LOCAL-LOCK",
                    "the lock of migration " + id + " is one of this machine that ends with its process; " + who,
                    "end that process, or name a real cluster with --cluster eks:NAME");
        }
        target.mustBe(run.shelf().plan(id).plan().cluster(), terminal.folder());
        return run.reached(target.real(run.shelf().plan(id).plan().cluster(), terminal.folder()), Optional.of(id));
    }

    private int broken(LeaseLock lease, LockHolder holder, Terminal terminal) {
        said("the lock is held by " + holder);
        confirmation.require(terminal, "Take it away?");
        lease.breakUp();
        return said("it is free");
    }

    private int said(String line) {
        new Steady(root.terminal(), root.verbose()).say(line);
        return ExitCode.OK.number();
    }
}
