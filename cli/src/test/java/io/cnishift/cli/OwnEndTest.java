package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.util.Modules;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.command.Signals;
import io.cnishift.cli.command.Terminal;
import io.cnishift.cli.run.Site;
import io.cnishift.engine.codec.Codec;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.Simulation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that deleted its first cluster, opened as a real one is, and whose process died before it wrote that it had ended. */
final class OwnEndTest {

    private static final List<String> ACCEPTED = List.of("NEW-NOT-COPIED", "NEW-DELETE");

    private final Simulation simulation =
            Simulation.pair(real("clean-cluster"), real("clean-cluster-green"), new WorldFactory.Settings(1, Map.of()));

    @TempDir
    private Path folder;

    private static ClusterSnapshot real(String name) {
        ClusterSnapshot scenario = new Scenarios(Codec.builder().build()).snapshot(name);
        return ClusterSnapshot.of(
                "eks:" + name, scenario.takenAt(), scenario.resources().toList(), scenario.unknown());
    }

    private static World asEks(World world) {
        return world.through(world.kubernetes(), new Eks(world.aws()), world.helm());
    }

    private Run here(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                new BufferedReader(new StringReader("")),
                false,
                Map.of("XDG_STATE_HOME", folder.resolve("here").toString(), "USER", "mia", "HOSTNAME", "here"),
                folder,
                Signals.NONE);
        World first = simulation.world();
        Site site = (target, migration) -> new Site.Opened(
                asEks(
                        target.name().equals("clean-cluster")
                                ? first
                                : first.second().orElseThrow()),
                () -> {});
        int code = Main.run(
                terminal,
                () -> Guice.createInjector(Modules.override(Wiring.modules(terminal))
                        .with(binder -> binder.bind(Site.class).toInstance(site))),
                arguments);
        return new Run(code, out.toString(), err.toString());
    }

    @BeforeEach
    void deletes() throws IOException {
        List<String> plan = new ArrayList<>(List.of("plan", "--cluster", "eks:clean-cluster"));
        plan.addAll(List.of("--strategy", "new-cluster", "--out", "plan.yaml", "--set", "deleteBlue=true"));
        plan.addAll(List.of("--set", "to=eks:clean-cluster-green"));
        ACCEPTED.forEach(code -> plan.addAll(List.of("--accept", code + ":cluster clean-cluster")));
        Run planned = here(plan.toArray(String[]::new));
        assertThat(planned.code()).as(planned.err()).isZero();
        here("apply", "plan.yaml", "--yes");
        Run applied = here("resume", "--past", "retire-first", "--past", "delete-first");
        assertThat(applied.code()).as(applied.err() + applied.out()).isZero();
        dies();
    }

    /** Takes back what was recorded after EKS had been asked to delete the cluster. */
    private void dies() throws IOException {
        try (var homes = Files.list(folder.resolve("here/cnishift/migrations"))) {
            Path journal = homes.findFirst().orElseThrow().resolve("journal.jsonl");
            List<String> lines = Files.readAllLines(journal);
            int last = 0;
            while (!lines.get(last).contains("\"kind\":\"delete-cluster\"")) {
                last++;
            }
            Files.write(journal, lines.subList(0, last + 1));
        }
    }

    private void passes(Duration time) {
        Instant now = simulation.kernel().clock().now();
        simulation.kernel().clock().runUntil(now.plus(time));
    }

    @Test
    void isGoneOnWithWhenTheClusterIsGone() {
        passes(Duration.ofMinutes(30));

        Run resumed = here("resume");

        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("this migration deleted cluster clean-cluster");
        assertThat(here("resume").err()).contains("has ended: succeeded");
    }

    @Test
    void isGoneOnWithWhileTheClusterGoes() {
        Run resumed = here("resume");

        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("this migration deleted cluster clean-cluster");
    }

    @Test
    void saysThatNothingLeadsBack() {
        passes(Duration.ofMinutes(30));

        Run back = here("rollback", "--yes");

        assertThat(back.code()).isEqualTo(3);
        assertThat(back.err()).contains("ROLLBACK-REFUSED", "this migration deleted it");
    }

    /** AWS as the adapter to it speaks of a cluster that EKS does not know. */
    private record Eks(AwsPort inner) implements AwsPort {

        @Override
        public Reading read(Set<Part> parts) {
            if (inner.read(Set.of(Part.CLUSTER)).resources().isEmpty()) {
                throw MigrationException.user("CLUSTER-NOT-FOUND", "EKS knows no such cluster", "check its name");
            }
            return inner.read(parts);
        }

        @Override
        public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
            return inner.watch(parts, sink);
        }

        @Override
        public Map<String, Object> before(Act act) {
            return inner.before(act);
        }

        @Override
        public ActResult perform(Act act) {
            return inner.perform(act);
        }
    }
}
