package io.cnishift.cli.command;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.Table;
import io.cnishift.engine.fact.FactCheck;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.rehearse.ActTape;
import io.cnishift.engine.rehearse.CheckedStep;
import io.cnishift.engine.rehearse.ServerCheck;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Prints what the APIs of the cluster would say to the acts of a plan. Which acts those are a rehearsal tells, in a copy of the
 * cluster as it is now.
 */
final class ServerDryRun {

    private final Cnishift root;
    private final OutputOptions output;
    private final RunParts run;

    ServerDryRun(Cnishift root, OutputOptions output, RunParts run) {
        this.root = Objects.requireNonNull(root);
        this.output = Objects.requireNonNull(output);
        this.run = Objects.requireNonNull(run);
    }

    /** Prints; blocked when the plan is stale or an act is refused, else as the rehearsal ended. */
    int print(StoredPlan stored, World world, String source, WorldFactory.Settings settings, Optional<String> until) {
        MigrationPlan plan = stored.plan();
        ClusterSnapshot now = ClusterReader.read(world, source, run.strategies().parts(plan.strategy()));
        List<Finding> stale = FactCheck.differences(
                plan.phases().stream().flatMap(phase -> phase.steps().stream()).toList(), View.of(now));
        if (!stale.isEmpty()) {
            new Refusals(root.terminal(), output, run.codec()).print(plan.strategy(), stale);
            return ExitCode.BLOCKED.number();
        }
        ActTape tape = new ActTape();
        RunLimits limits = until.map(RunLimits.THROUGH::until).orElse(RunLimits.THROUGH);
        RunResult rehearsed = run.rehearsals().run(now, plan, settings, limits, tape);
        List<CheckedStep> steps = new ServerCheck(world).of(plan, tape);
        output.printList(root.terminal(), run.codec(), CheckedStep.class, steps, ServerDryRun::page);
        long refused = steps.stream().filter(CheckedStep::refused).count();
        long unknown = steps.stream().mapToLong(CheckedStep::unknown).sum();
        String reason = rehearsed.report().reason();
        new Steady(root.terminal(), root.verbose())
                .say("rehearsed: " + rehearsed.report().outcome() + (reason.isEmpty() ? "" : ", " + reason) + "; "
                        + (refused == 0
                                ? "no act was refused"
                                : "acts of " + Count.of(refused, "step") + " would be refused")
                        + (unknown == 0 ? "" : ", of " + Count.of(unknown, "act") + " nothing can be said beforehand")
                        + "; nothing was changed");
        boolean asked = until.isPresent() && rehearsed.exitCode() == ExitCode.PAUSED;
        ExitCode code = asked ? ExitCode.OK : rehearsed.exitCode();
        return (refused == 0 ? code : ExitCode.BLOCKED).number();
    }

    private static Page page(List<CheckedStep> steps) {
        Page.Builder page = Page.builder()
                .sentence("Each act is asked about as the cluster is now, not as earlier steps leave it.");
        for (CheckedStep step : steps) {
            Table.Builder table = Table.of("act", "verdict", "why");
            step.acts()
                    .forEach(said -> table.row(
                            said.act(),
                            said.verdict(),
                            said.reason().map(reason -> reason + ": ").orElse("") + said.detail()));
            if (!step.acts().isEmpty()) {
                page.heading(step.step()).table(table.build());
            }
            if (step.more() > 0) {
                page.sentence(Count.of(step.more(), "act") + " more of the same sorts.");
            }
        }
        return page.build();
    }
}
