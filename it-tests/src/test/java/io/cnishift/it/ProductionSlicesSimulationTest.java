package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.Window;
import io.cnishift.it.Slices.Sliced;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The migration of a production cluster in windows, with a full stop between them, ends as the single run does. It takes minutes, so
 * it runs only when {@code -Dcnishift.slices=prod-75} or a larger one is asked for.
 */
@EnabledIfSystemProperty(named = "cnishift.slices", matches = "prod-[0-9]+")
final class ProductionSlicesSimulationTest {

    private static final String CLUSTER = System.getProperty("cnishift.slices", "");
    private static final String WINDOW = System.getProperty("cnishift.window", "22:00-01:30");
    private static final int MOST = 20;

    @TempDir
    private Path state;

    @Test
    void endsInWindowsAsTheSingleRunDoes() {
        Slices slices = new Slices(CLUSTER, plan(), state);
        Slice night = Slice.ALL
                .in(List.of(Window.parse(WINDOW)), ZoneId.of("Europe/Berlin"))
                .waiting();

        Sliced sliced = slices.run(Collections.nCopies(MOST, night));

        assertThat(sliced.runs()).hasSizeGreaterThan(2);
        slices.requireSameEnd(sliced);
        assertThat(sliced.last().report().services())
                .allMatch(s -> s.secondsBelowMinimum().isZero());
    }

    private static MigrationPlan plan() {
        Bench bench = new Bench();
        return bench.result(
                        CLUSTER,
                        Map.of("podCidr", "10.96.0.0/13", "securityGroupsForPods", "leave"),
                        bench.intent(CLUSTER, List.of("OVL-NETWORK-POLICIES", "OVL-NLB-GAP", "OVL-UNDRAINABLE")))
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings().toString());
                });
    }
}
