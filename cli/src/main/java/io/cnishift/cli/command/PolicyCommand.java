package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.page.Page;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.policy.Policy;
import io.cnishift.engine.policy.PolicyTape;
import io.cnishift.engine.policy.Purpose;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Prints the least privileges that a strategy needs on a cluster, from rehearsals of it there and back. */
@Command(
        name = "policy",
        description =
                "Prints the least-privilege IAM policy and RBAC roles for a strategy, from a rehearsal there and back.")
final class PolicyCommand implements Callable<Integer> {

    private final Provider<Asked> asked;
    private final Provider<PlanCommand.Planning> planning;
    private final Provider<RunParts> runs;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private AskOptions options;

    @Mixin
    private OutputOptions output;

    @Option(names = "--strategy", paramLabel = "ID", required = true, description = "The strategy to be run.")
    private String strategy = "";

    @Option(
            names = "--command",
            paramLabel = "NAME",
            description =
                    "The command that is to be allowed (default: ${DEFAULT-VALUE}). Only apply, resume, rollback and"
                            + " unlock change anything.")
    private String command = "apply";

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "The Kubernetes group that the bindings give the rights to (default: ${DEFAULT-VALUE}).")
    private String group = "cnishift";

    @Inject
    PolicyCommand(Provider<Asked> asked, Provider<PlanCommand.Planning> planning, Provider<RunParts> runs) {
        this.asked = asked;
        this.planning = planning;
        this.runs = runs;
    }

    @Override
    public Integer call() {
        Purpose purpose = Purpose.of(command)
                .orElseThrow(() -> MigrationException.user(
                        "CLI-USAGE",
                        "--command: '" + command + "' needs no rights on a cluster, or is no command",
                        "use one of " + Purpose.names()));
        PlanCommand.Planning parts = planning.get();
        LoadedStrategy loaded = parts.book().require(strategy);
        Asked.Question question = asked.get()
                .question(options, strategy, new HoldOptions(), root.terminal().folder());
        PolicyTape tape = new PolicyTape(question.snapshot(), purpose);
        if (purpose != Purpose.RUN) {
            return show(tape.policy(loaded, group), parts.codec());
        }
        PlanResult result = parts.planner().consenting(loaded, question.snapshot(), question.wishes());
        return result.fold(
                planned -> {
                    rehearse(planned.plan(), question.snapshot(), tape);
                    return show(tape.policy(loaded, group), parts.codec());
                },
                refused -> {
                    new Refusals(root.terminal(), output, parts.codec())
                            .print(strategy, parts.marks().suppress(refused.findings(), question.settings()));
                    return ExitCode.BLOCKED.number();
                });
    }

    private int show(Policy policy, Codec codec) {
        output.print(root.terminal(), codec, Policy.class, policy, p -> page(p, codec));
        return ExitCode.OK.number();
    }

    private void rehearse(MigrationPlan plan, ClusterSnapshot snapshot, PolicyTape tape) {
        WorldFactory.Settings settings = new WorldFactory.Settings(1, Map.of());
        RunResult there = runs.get().rehearsals().run(snapshot, plan, settings, RunLimits.THROUGH, tape);
        lastWithReturn(plan).ifPresent(step -> runs.get().rehearsals().turningAt(step, snapshot, plan, settings, tape));
        if (there.report().outcome() != RunOutcome.SUCCEEDED) {
            new Steady(root.terminal(), root.verbose())
                    .say("the rehearsal ended " + there.report().outcome() + ", so what comes later is missing: "
                            + there.report().reason());
        }
    }

    /** The last step that can be taken back cheaply: turning there undoes the most. */
    private static Optional<String> lastWithReturn(MigrationPlan plan) {
        List<Step> steps = plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .takeWhile(step -> !step.pointOfNoReturn())
                .toList();
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(steps.get(steps.size() - 1).id());
    }

    private static Page page(Policy policy, Codec codec) {
        String rbac = policy.rbac().stream()
                .map(role -> codec.text(Object.class, role, Format.YAML, Style.RESULT)
                        .stripTrailing())
                .collect(Collectors.joining("\n---\n"));
        return Page.builder()
                .sentence("Rights for " + String.join(", ", policy.commands()) + " with " + policy.strategy() + " on "
                        + policy.cluster() + ".")
                .heading("IAM policy")
                .verbatim(codec.text(Object.class, policy.iam(), Format.JSON, Style.RESULT)
                        .stripTrailing())
                .heading("RBAC roles and bindings")
                .verbatim(rbac)
                .heading("Notes")
                .bullets(policy.notes())
                .build();
    }
}
