package io.cnishift.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Target;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.report.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class RunPageTest {

    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");

    @Test
    void thePeakOfASubnetThatWasMadeOnTheWayIsCountedFromTheBeginOfTheRun() {
        Journal journal = Journal.inMemory("m-1");
        List<AddressPoint> curve = List.of(
                new AddressPoint(START, "subnet-1", 40),
                new AddressPoint(START.plusSeconds(3600), "subnet-2", 0),
                new AddressPoint(START.plusSeconds(3660), "subnet-2", 9));
        Measures measures = new Measures(List.of(), 0, 0, Map.of(), Map.of(), List.of(), 0, 0, Duration.ZERO, Map.of());
        journal.append(START.plusSeconds(3700), new JournalRecord.Measured(measures, curve));
        MigrationPlan plan = new MigrationPlan(
                MigrationPlan.FORMAT,
                "custom-networking",
                new Target("sim:a", "a", "1", "arn", "r", "uid"),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());

        String page = TextPages.plain()
                .text(RunPage.of(Reports.status(plan, journal, Optional.empty()), UnaryOperator.identity()));

        assertThat(page.lines().filter(line -> line.startsWith("subnet-2")).toList())
                .singleElement()
                .asString()
                .matches("subnet-2 +0 +9 +1:01:00 +9");
    }
}
