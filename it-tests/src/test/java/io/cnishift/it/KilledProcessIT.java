package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that migrates minnie-wallace is killed at 24 places, at least one of them in each phase; {@code resume} then
 * reaches the end that a run without a death reaches. Everything between the two is what is on the disk, the cluster too.
 */
final class KilledProcessIT {

    private static final int PLACES = 24;
    private static final String PHASE = "cnishift: phase ";

    private final Bench bench = new Bench();
    private final MigrationPlan plan = bench.plan("minnie-wallace", Map.of());

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void savePlan() throws IOException {
        file = Files.writeString(folder.resolve("plan.yaml"), bench.files().text(plan))
                .toString();
    }

    /** A run that was killed once and is being gone on with. */
    private record Resumed(Path state, Process process) {}

    @Test
    void whereverAProcessIsKilledTheNextOneReachesTheSameEnd() throws IOException {
        List<String> lines = cli("undisturbed").lines(apply());
        ClusterState end = end(folder.resolve("undisturbed"));
        Set<String> phases = new TreeSet<>();
        Optional<Resumed> running = Optional.empty();
        for (int place : places(lines)) {
            Path state = folder.resolve("killed-" + place);
            // half of them die while they stand at a line, half on their way to the next one
            cli(state.getFileName().toString()).killed(place, place % 2 == 0, apply());
            phases.add(phase(state));
            Resumed next =
                    new Resumed(state, cli(state.getFileName().toString()).started("resume", "-o", "json"));
            // one resumes while the next one is on its way to its death
            running.ifPresent(resumed -> requireEnd(resumed, end));
            running = Optional.of(next);
        }
        running.ifPresent(resumed -> requireEnd(resumed, end));
        assertThat(phases)
                .containsExactlyInAnyOrderElementsOf(
                        plan.phases().stream().map(MigrationPlan.Phase::id).toList());
    }

    private Cli cli(String name) throws IOException {
        return new Cli(Files.createDirectories(folder.resolve(name)));
    }

    private String[] apply() {
        return new String[] {"--verbose", "apply", file, "--yes", "-o", "json"};
    }

    /** Numbers of lines: the middle of each phase, and others evenly spread. */
    private static Set<Integer> places(List<String> lines) {
        Map<String, List<Integer>> byPhase = new LinkedHashMap<>();
        List<Integer> all = new ArrayList<>();
        String phase = "";
        for (int line = 0; line < lines.size(); line++) {
            phase = lines.get(line).startsWith(PHASE) ? lines.get(line).substring(PHASE.length()) : phase;
            if (!phase.isEmpty()) {
                byPhase.computeIfAbsent(phase, p -> new ArrayList<>()).add(line + 1);
                all.add(line + 1);
            }
        }
        Set<Integer> places = byPhase.values().stream()
                .map(inPhase -> inPhase.get(inPhase.size() / 2))
                .collect(Collectors.toCollection(TreeSet::new));
        int more = PLACES - places.size();
        for (int n = 0; places.size() < PLACES; n++) {
            // a place that is taken already gives way to the one after it
            places.add(all.get(((2 * n + 1) * all.size() / (2 * more) + n / more) % all.size()));
        }
        return places;
    }

    private void requireEnd(Resumed resumed, ClusterState end) {
        String where = resumed.state().getFileName().toString();
        try {
            Cli.require(resumed.process());
        } catch (AssertionError e) {
            throw new AssertionError(where + ": " + said(resumed.state()), e);
        }
        assertThat(journal(resumed.state()).state().run().ended().orElseThrow().outcome())
                .as(where)
                .isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.differences(end(resumed.state()))).as(where).isEmpty();
    }

    private static String said(Path state) {
        try {
            return Files.readString(state.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Journal journal(Path state) {
        Migrations migrations = bench.migrations(state);
        try (Journal journal = migrations.open(migrations.latest().orElseThrow())) {
            return journal;
        }
    }

    /** The phase in which the journal stops. */
    private String phase(Path state) {
        List<String> touched = new ArrayList<>(journal(state).state().touched());
        String last = touched.get(touched.size() - 1);
        return plan.phases().stream()
                .filter(phase -> phase.steps().stream().anyMatch(s -> s.id().equals(last)))
                .map(MigrationPlan.Phase::id)
                .findFirst()
                .orElseThrow();
    }

    private ClusterState end(Path state) {
        Journal journal = journal(state);
        List<JournalLine> lines = journal.lines();
        Path home = state.resolve("cnishift").resolve("migrations").resolve(journal.migration());
        try (SimulatedCluster cluster = SimulatedCluster.reopen(
                home.resolve("cluster"), lines.get(lines.size() - 1).at())) {
            return ClusterState.of(cluster.simulation());
        }
    }
}
