package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.slice.NodeChoice;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.Window;
import io.cnishift.it.Slices.Sliced;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The migration of a small production cluster in seven windows, with a full stop between them, ends as the single run does.
 * {@code -Dcnishift.slices=prod-300 -Dcnishift.window=22:00-10:00} tries a large one.
 */
final class ProductionSlicesSimulationTest {

    private static final String CLUSTER = System.getProperty("cnishift.slices", "prod-75");
    private static final String WINDOW = System.getProperty("cnishift.window", "22:00-00:30");
    private static final int WINDOWS = 7;

    @TempDir
    private Path state;

    @Test
    void endsInSevenWindowsAsTheSingleRunDoes() {
        MigrationPlan plan = plan();
        Slices slices = new Slices(CLUSTER, plan, state);
        Slice night = Slice.ALL
                .in(List.of(Window.parse(WINDOW)), ZoneId.of("Europe/Berlin"))
                .waiting();
        List<Slice> nights = new ArrayList<>(Collections.nCopies(WINDOWS + 3, night));
        nights.set(0, night.only(NodeChoice.parse("nodegroup=compute")));

        Sliced sliced = slices.run(nights);

        assertThat(sliced.runs()).hasSizeBetween(WINDOWS - 2, WINDOWS + 2);
        RunResult first = sliced.runs().get(0);
        assertThat(first.cause()).as(first.report().reason()).isEqualTo(StopCause.LEFT);
        assertThat(first.report().reason()).contains(" of general").doesNotContain(" of compute");
        assertThat(first.report().steps())
                .filteredOn(s -> s.phase().equals("roll")
                        && s.outcome().toString().equals("done"))
                .isNotEmpty()
                .allMatch(s -> s.id().endsWith("-compute"));
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
