package io.cnishift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunResult;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlay migration of a small cluster with what goes wrong in the field. */
final class FaultsSimulationTest {

    private final Faulty migration = new Faulty(Clusters.healthy());

    @ParameterizedTest
    @CsvSource({
        "throttle=20%, RequestLimitExceeded",
        "server-errors=0.2, internal server error",
        "boot=300s, an instance took 300s to boot",
        "zone-capacity=b, a launch in eu-west-1b failed"
    })
    void aRunThatCanGoOnDoes(String fault, String happened) {
        RunResult result = migration.with(fault);

        assertThat(Faulty.harmless(result)).as(migration.text(result)).isTrue();
        assertThat(result.report().injected()).anyMatch(l -> l.contains(happened));
    }

    @ParameterizedTest
    @CsvSource({
        "boot=20m, has not joined",
        "node-never-joins=1, has not joined",
        "node-never-joins=100%, has not joined",
        "'zone-capacity=a,b', 'InsufficientInstanceCapacity: no capacity for m5.large in eu-west-1a'"
    })
    void aRunThatCannotPausesBeforeAnythingIsDrainedAndSaysWhy(String fault, String why) {
        RunResult result = migration.with(fault);

        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(Faulty.reason(result)).contains("canary-workers", why);
        assertThat(result.report().podsRestarted()).isZero();
        assertThat(result.report().injected()).isNotEmpty().noneMatch(l -> l.contains("did not happen"));
    }

    @Test
    void aRollReplacesANodeThatDied() {
        RunResult result = migration.with("lost-node=20m");

        assertThat(result.report().outcome()).as(migration.text(result)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().injected()).singleElement().asString().contains("lost-node: instance", "failed");
    }

    @Test
    void aNodeThatDiesBeforeTheInstallStopsItByName() {
        RunResult result = migration.with("lost-node=10m");

        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(Faulty.reason(result)).contains("STEP-ADDON-UNHEALTHY", "add-on vpc-cni");
    }

    @ParameterizedTest
    @ValueSource(strings = {"install-cilium", "roll-workers", "remove-vpc-cni"})
    void anotherProcessGoesOnWhereOneDied(String step) {
        RunResult result = migration.dyingIn(List.of(step));

        assertThat(Faulty.harmless(result)).as(migration.text(result)).isTrue();
        assertThat(result.report().injected())
                .singleElement()
                .asString()
                .contains("kill@" + step + ": the process died in the middle of it, another went on 5 minutes later");
    }

    @Test
    void faultsComeTogether() {
        RunResult result = migration.dyingIn(List.of("roll-workers"), "throttle=10%", "boot=4m");

        assertThat(Faulty.harmless(result)).as(migration.text(result)).isTrue();
        assertThat(result.report().injected()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(result.report().durationSeconds()).isGreaterThan(Duration.ofMinutes(45));
    }
}
