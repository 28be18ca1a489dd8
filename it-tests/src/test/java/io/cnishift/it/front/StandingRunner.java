package io.cnishift.it.front;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.World;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.LeaseLock;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunListener;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A process that migrates the cluster behind a front: {@code URL TOKEN KUBECONFIG STATE}. Before each act it says on stdout what
 * it is about to do and stands until a byte comes on its stdin. Its last line is how the run ended.
 */
final class StandingRunner {

    private StandingRunner() {}

    /** Runs, and exits as it ended. */
    public static void main(String[] arguments) {
        Bench bench = new Bench();
        MigrationPlan plan = bench.plan("minnie-wallace", Map.of());
        StoredPlan stored = StoredPlan.of(plan, bench.files());
        try (FrontedWorld world = new FrontedWorld(
                        new ControlClient(URI.create(arguments[0]), arguments[1]), Path.of(arguments[2]));
                Journal journal = bench.migrations(Path.of(arguments[3]))
                        .begin(stored, world.world().time().now())) {
            World ports = onItsOwnClock(world.world(), new ControlClient(URI.create(arguments[0]), arguments[1]));
            LockHolder who =
                    new LockHolder("the first", "here", "apply", ports.time().now());
            RunReport report = bench.runner()
                    .apply(RunRequest.of(stored, journal, ports)
                            .within(RunLimits.THROUGH)
                            .locked(LeaseLock.of(ports.kubernetes(), ports.time()), who)
                            .toldTo(new Standing()))
                    .report();
            System.out.println("ended " + report.outcome() + ": " + report.reason());
        }
    }

    /** The clock of a machine goes on while a process on it is stopped: it is looked at each time. */
    private static World onItsOwnClock(World world, ControlClient control) {
        TimeSource time = world.time();
        return new World(
                world.kubernetes(),
                world.aws(),
                world.helm(),
                world.reach(),
                world.owners(),
                new TimeSource() {
                    @Override
                    public Instant now() {
                        return control.now();
                    }

                    @Override
                    public void await(Instant until) {
                        time.await(until);
                    }
                },
                world.violations(),
                world.notModelled(),
                world.injected());
    }

    private static final class Standing implements RunListener {
        @Override
        public void performing(MigrationPlan.Step step, Act act, View view) {
            System.out.println("act " + act.target());
            try {
                int ignored = System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
