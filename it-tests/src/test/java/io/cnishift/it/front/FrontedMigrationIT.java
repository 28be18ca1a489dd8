package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overlay plan that is rehearsed in the simulator is applied by the same runner over HTTP. */
final class FrontedMigrationIT {

    private static final String SCENARIO = "minnie-wallace";

    @TempDir
    private Path folder;

    private static MigrationPlan plan(Bench bench) {
        Wishes wishes = new Wishes(
                bench.intent(SCENARIO, List.of()), Map.of("overlay", Map.of()), Map.of(), List.of(), true);
        return bench.result(bench.scenario(SCENARIO), wishes).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings().toString());
        });
    }

    @Test
    void goesThroughAHoldAndPastItWhileTheClusterIsUsed() {
        Bench bench = new Bench();
        StoredPlan stored = StoredPlan.of(plan(bench), bench.files());
        Journal journal = Journal.inMemory("m1");
        Requests requests = new Requests();
        try (Fronted fronted = new Fronted(bench.scenario(SCENARIO), folder, List.of(requests))) {
            RunReport held;
            try (FrontedWorld world = new FrontedWorld(fronted)) {
                held = bench.runner()
                        .apply(RunRequest.of(stored, journal, world.world()))
                        .report();
            }
            assertThat(held.outcome()).as("%s", held.reason()).isEqualTo(RunOutcome.PAUSED);
            assertThat(held.reason()).contains("remove-vpc-cni");
            RunReport done;
            try (FrontedWorld world = new FrontedWorld(fronted)) {
                done = bench.runner()
                        .resume(RunRequest.of(stored, journal, world.world())
                                .within(RunLimits.NONE.past("remove-vpc-cni")))
                        .report();
            }
            assertThat(done.outcome()).as("%s", done.reason()).isEqualTo(RunOutcome.SUCCEEDED);
            assertThat(done.end()).contains(RunEnd.COMPLETE);
            assertThat(done.violations()).isEmpty();
            System.out.println(requests.counts());
        }
    }
}
