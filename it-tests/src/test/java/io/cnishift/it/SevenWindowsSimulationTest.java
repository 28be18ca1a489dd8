package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration in seven windows, each by a process of its own with a full stop behind it, ends as the single run does. The six first
 * windows are as long as a seventh of the single run, and the last one is open.
 *
 * <p>Of minnie-wallace, with profile {@code chaos} of prod-300; {@code -Dcnishift.slices=prod-75} takes another one.
 */
final class SevenWindowsSimulationTest {

    private static final String CLUSTER = System.getProperty("cnishift.slices", "minnie-wallace");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalTime OPENS = LocalTime.of(22, 0);
    private static final int WINDOWS = 7;

    @TempDir
    private Path state;

    @Test
    void endsAsTheSingleRunDoes() {
        Slices slices = new Slices(CLUSTER, plan(), state);
        Slices.Single single = slices.single();
        Duration length = Duration.ofMinutes(single.took().dividedBy(WINDOWS).toMinutes());
        Slice night = Slice.ALL
                .in(List.of(Window.parse(OPENS + "-" + OPENS.plus(length))), ZONE)
                .waiting();
        List<Slice> nights = new ArrayList<>(Collections.nCopies(WINDOWS - 1, night));
        nights.add(Slice.ALL);

        Slices.Sliced sliced = slices.run(nights);

        assertThat(sliced.runs()).hasSize(WINDOWS);
        assertThat(sliced.runs().subList(0, WINDOWS - 1))
                .allSatisfy(run -> assertThat(run.cause()).isEqualTo(StopCause.SLICE));
        assertThat(sliced.lines())
                .filteredOn(line -> line.record() instanceof JournalRecord.Ended)
                .hasSize(WINDOWS);
        slices.requireSameEnd(sliced, single);
        assertThat(sliced.last().report().services())
                .allMatch(s -> s.secondsBelowMinimum().isZero());
    }

    private static MigrationPlan plan() {
        Bench bench = new Bench();
        return !CLUSTER.startsWith("prod-")
                ? bench.plan(CLUSTER, Map.of())
                : bench.result(
                                CLUSTER,
                                Map.of("podCidr", "10.96.0.0/13", "securityGroupsForPods", "leave"),
                                bench.intent(
                                        CLUSTER, List.of("OVL-NETWORK-POLICIES", "OVL-NLB-GAP", "OVL-UNDRAINABLE")))
                        .fold(PlanResult.Planned::plan, refused -> {
                            throw new AssertionError(refused.findings().toString());
                        });
    }
}
