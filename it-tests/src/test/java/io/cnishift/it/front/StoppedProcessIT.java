package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cnishift.api.port.World;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.LeaseLock;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A runner is stopped by SIGSTOP, as a laptop that sleeps stops it, with an act in its hand and its lease in the cluster. Another one
 * takes over when the lease has run out. When the first is continued it finds by its clock that the lock is not its own any more.
 */
final class StoppedProcessIT {

    private static final int ACTS_BEFORE = 12;

    @TempDir
    private Path folder;

    @Test
    void oneThatWasStoppedPastItsLeaseDoesNotActAgain() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no kill here");
        Bench bench = new Bench();
        Requests requests = new Requests();
        try (Fronted fronted = new Fronted(bench.scenario("minnie-wallace"), folder, List.of(requests))) {
            Process first = start(fronted);
            BufferedReader said = first.inputReader();
            for (int act = 0; act < ACTS_BEFORE; act++) {
                assertThat(said.readLine()).startsWith("act ");
                go(first);
            }
            assertThat(said.readLine()).startsWith("act ");
            signal(first, "STOP");
            fronted.advance("10m");
            LockHolder second = takenOver(fronted);
            long writes = writes(requests);

            // all that it stood for is there when it is continued
            first.getOutputStream().write(new byte[100]);
            first.getOutputStream().close();
            signal(first, "CONT");

            List<String> rest = new ArrayList<>(said.lines().toList());
            assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(rest.get(rest.size() - 1))
                    .startsWith("ended paused: ")
                    .contains("the lock was not renewed", second.holder());
            assertThat(rest).noneMatch(line -> line.startsWith("act "));
            assertThat(writes(requests)).isEqualTo(writes);
            resumed(bench, fronted);
        }
    }

    private Process start(Fronted fronted) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandingRunner.class.getName(),
                        fronted.url().toString(),
                        Fronted.TOKEN,
                        fronted.kubeconfig().toString(),
                        folder.resolve("state").toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static void go(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private static void signal(Process process, String name) throws Exception {
        Process kill = new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Another one has the lock, and keeps it. */
    private static LockHolder takenOver(Fronted fronted) {
        World world = fronted.simulation().world();
        LockHolder second =
                new LockHolder("the second", "there", "resume", world.time().now());
        Lock.Held held = LeaseLock.of(world.kubernetes(), world.time())
                .takingOver(told -> {})
                .acquire(second);
        assertThat(held.keep()).isEmpty();
        return second;
    }

    /** Acts, on whatever; the clock and questions are none. */
    private static long writes(Requests requests) {
        return requests.of(kind -> kind.matches("(PATCH|POST|PUT|DELETE) [a-z][a-z/]*"))
                + requests.of("POST /cnishift/perform"::equals);
    }

    /** Whoever goes on from its journal does. */
    private void resumed(Bench bench, Fronted fronted) {
        Migrations migrations = bench.migrations(folder.resolve("state"));
        String id = migrations.latest().orElseThrow();
        StoredPlan stored = migrations.plan(id);
        fronted.advance("10m");
        try (Journal journal = migrations.open(id);
                FrontedWorld world = new FrontedWorld(fronted)) {
            World ports = world.world();
            LockHolder who =
                    new LockHolder("the second", "there", "resume", ports.time().now());
            RunReport report = bench.runner()
                    .resume(RunRequest.of(stored, journal, ports)
                            .within(RunLimits.THROUGH.until("install"))
                            .locked(
                                    LeaseLock.of(ports.kubernetes(), ports.time())
                                            .takingOver(told -> {}),
                                    who))
                    .report();
            assertThat(report.outcome()).isEqualTo(RunOutcome.PAUSED);
            assertThat(report.reason()).isEqualTo("phase install is done");
            assertThat(report.violations()).isEmpty();
        }
    }
}
