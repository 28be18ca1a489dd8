package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The move from minnie-wallace to its second cluster, by the engine. */
final class NewClusterSimulationTest {

    private static final ObjectRef SECRET = ObjectRef.of("v1", "Secret", "httpd", "token");
    private static final String CONTENT = "dG9wLXNlY3JldA==";

    private final Engine engine = new Engine();
    private final Simulation simulation = Simulation.pair(
            Asked.scenario("minnie-wallace"), Asked.scenario("minnie-wallace-green"), new Settings(1, Map.of()));
    private final World first = simulation.world();
    private final World second = first.second().orElseThrow();
    private final Journal journal = Journal.inMemory("m1");

    private RunRequest to(String step) {
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(),
                        Asked.scenario("minnie-wallace"),
                        Asked.scenario("minnie-wallace-green"),
                        Map.of(),
                        Accepted.LEFT_BEHIND,
                        engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, first)
                .within(RunLimits.THROUGH.lastStep(step));
    }

    private Map<String, Integer> weights() {
        return first.aws().read(Set.of(Part.DNS_RECORDS)).resources().stream()
                .map(DnsRecord.class::cast)
                .collect(Collectors.toMap(
                        r -> r.setIdentifier().orElse("simple"), r -> r.weight().orElse(-1)));
    }

    private void scale(World world, int replicas) {
        world.kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("apps/v1", "Deployment", "httpd", "httpd"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", replicas)),
                        Optional.empty()));
    }

    @Test
    void aSecretGoesFromServerToServerAndIsWrittenDownNowhere() {
        assertThat(first.kubernetes()
                        .perform(new CreateObject(Map.of(
                                "apiVersion", "v1",
                                "kind", "Secret",
                                "type", "Opaque",
                                "metadata", Map.of("namespace", "httpd", "name", "token"),
                                "data", Map.of("token", CONTENT))))
                        .done())
                .isTrue();

        engine.runner().apply(to("copy-settings"));

        assertThat(second.kubernetes().before(new DeleteObject(SECRET, Optional.empty())))
                .containsEntry("data", Map.of("token", CONTENT));
        String written = journal.lines().stream()
                .map(line -> engine.codec().text(JournalLine.class, line, Format.JSON_LINE, Style.DOCUMENT))
                .collect(Collectors.joining("\n"));
        assertThat(written).contains("Secret").doesNotContain(CONTENT);
    }

    @Test
    void aShareIsOfTheAnswers() {
        engine.runner().apply(to("shift-25"));
        assertThat(weights()).isEqualTo(Map.of("minnie-wallace", 75, "minnie-wallace-green", 25));
        assertThat(first.violations().get()).extracting(Finding::code).doesNotContain("SIM-PATH-DOWN");
    }

    @Test
    void aSecondClusterThatStopsToServeLosesItsClientsFirst() {
        engine.runner().apply(to("shift-25"));
        scale(second, 0);

        RunResult stopped = engine.runner().resume(to("shift-50"));

        assertThat(weights()).isEqualTo(Map.of("minnie-wallace", 100, "minnie-wallace-green", 0));
        assertThat(stopped.report().findings()).extracting(Finding::code).containsExactly("NEW-SHIFT-FAILED");

        scale(second, 2);
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plusSeconds(300));
        assertThat(engine.runner().resume(to("shift-50")).report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(weights()).isEqualTo(Map.of("minnie-wallace", 50, "minnie-wallace-green", 50));
    }

    @Test
    void aGuardThatHasSpentItsBudgetLetsNoShareGrow() {
        Guarding guarding = Guarding.of(List.of(Guard.parse("service:httpd/httpd")));
        simulation
                .kernel()
                .clock()
                .after(
                        Duration.ofMinutes(15),
                        () -> simulation.kernel().objects().remove("Service", "httpd", "httpd"));

        RunResult stopped = engine.runner()
                .apply(to("shift-100")
                        .within(RunLimits.THROUGH.lastStep("shift-100").guarding(guarding)));

        assertThat(stopped.cause()).as(stopped.report().reason()).isEqualTo(StopCause.GUARD);
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(weights()).isEqualTo(Map.of("minnie-wallace", 75, "minnie-wallace-green", 25));
    }

    @Test
    void onTheWayBackItGetsNoneEither() {
        engine.runner().apply(to("shift-25"));
        scale(second, 0);
        engine.runner().resume(to("shift-50"));
        int before = changes().size();

        RunReport back = new Rollbacks(engine.runner()).turn(to("shift-50")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(changes().stream().skip(before)).hasSize(1);
        assertThat(weights()).containsOnlyKeys("simple");
    }

    private List<ChangeRecords> changes() {
        return journal.lines().stream()
                .map(JournalLine::record)
                .filter(JournalRecord.ActIntended.class::isInstance)
                .map(r -> ((JournalRecord.ActIntended) r).act())
                .filter(ChangeRecords.class::isInstance)
                .map(ChangeRecords.class::cast)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shift-5", "shift-25"})
    void whatWasWrittenAndNotAnsweredIsTakenBackToo(String step) {
        Moves move = Moves.of("minnie-wallace", "minnie-wallace-green", Accepted.LEFT_BEHIND);
        ClusterState start = ClusterState.of(move.simulation());
        move.dieIn(step);

        RunReport back = new Rollbacks(move.runner()).turn(move.to(step)).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(move.simulation()))).isEmpty();
    }

    @Test
    void noClientIsSentWhereNobodyAnswers() {
        engine.runner().apply(to("copy-ingresses"));
        scale(second, 0);
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plusSeconds(120));

        RunResult stopped = engine.runner().resume(to("shift-5"));

        assertThat(stopped.report().findings()).extracting(Finding::code).containsExactly("NEW-NOT-SERVED");
        assertThat(weights()).containsOnlyKeys("simple");
    }
}
