package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunFold;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that migrates clean-cluster is told to stop, once or twice, by SIGTERM; Ctrl-C comes the same way. */
final class InterruptedProcessIT {

    private static final String PLACE = "cnishift: phase install";

    private final Bench bench = new Bench();

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void savePlan() throws IOException {
        file = Files.writeString(folder.resolve("plan.yaml"), bench.files().text(bench.plan("clean-cluster", Map.of())))
                .toString();
    }

    @Test
    void onceItParksGivesTheLockBackAndSaysHowToGoOn() {
        Process process = new Cli(folder).standing(PLACE, apply());
        process.toHandle().destroy();
        // it hears the signal on a thread of its own, and stands meanwhile
        List<String> said = Cli.said(process);

        assertThat(Cli.await(process)).isEqualTo(5);
        assertThat(said).anyMatch(line -> line.contains("the cluster is parked"));
        assertThat(said)
                .anyMatch(line ->
                        line.contains("go on with 'cnishift resume " + journal().migration() + "'"));
        RunFold run = journal().state().run();
        assertThat(run.ended().orElseThrow().cause()).isEqualTo(StopCause.INTERRUPT);
        assertThat(run.parkedAt()).isPresent();
        assertThat(journal().state().open()).isEmpty();
        assertThat(folder.resolve("cnishift").resolve("locks")).isDirectoryNotContaining("glob:**.holder");
    }

    @Test
    void twiceItStopsWhereItIsAndTheNextProcessGoesOn() throws InterruptedException {
        Process process = new Cli(folder).standing(PLACE, apply());
        // signals that come close together are one
        for (boolean over = false; !over; over = process.waitFor(50, TimeUnit.MILLISECONDS)) {
            process.toHandle().destroy();
        }

        assertThat(process.exitValue()).isEqualTo(5);
        assertThat(journal().state().run().ended()).isEmpty();
        Cli.require(new Cli(folder).started("resume"));
        assertThat(journal().state().run().ended().map(JournalRecord.Ended::outcome))
                .contains(RunOutcome.SUCCEEDED);
    }

    private String[] apply() {
        return new String[] {"--verbose", "apply", file, "--yes"};
    }

    private Journal journal() {
        Migrations migrations = bench.migrations(folder);
        try (Journal journal = migrations.open(migrations.latest().orElseThrow())) {
            return journal;
        }
    }
}
