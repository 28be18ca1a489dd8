package io.cnishift.it;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.world.Simulation;

/** Plans a case and runs the plan to its end. */
final class OverlayBench {

    private final Bench bench = new Bench();

    OverlayEnd run(OverlayCase asked) {
        ClusterSnapshot snapshot = bench.edited(asked.scenario(), asked.edit());
        MigrationPlan plan = bench.result(snapshot, asked.options(), bench.intent(asked.scenario(), asked.accepted()))
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(asked + ": " + refused.findings());
                });
        Simulation simulation = bench.simulate(snapshot, 1);
        RunReport report = bench.run(plan, simulation).report();
        return new OverlayEnd(
                View.of(Snapshots.of(simulation.world(), "the end")),
                report,
                simulation.world().violations().get(),
                bench.text(report));
    }
}
