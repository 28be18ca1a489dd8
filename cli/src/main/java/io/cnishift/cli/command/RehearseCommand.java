package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.run.Rehearsals;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.rehearse.Rehearsal;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.Choices;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a plan in a simulated copy of the cluster. */
@Command(
        name = "rehearse",
        description = "Runs a plan, or the plan of a strategy, in a simulated copy of the cluster. Changes nothing.")
final class RehearseCommand implements Callable<Integer> {

    private static final Set<String> IN_PLAN =
            Set.of("--set", "--options", "--values", "--goal", "--forbid", "--accept", "--intent");

    private final Provider<Asked> asked;
    private final Provider<PlanCommand.Planning> planning;
    private final Provider<RunParts> parts;
    private final Provider<ClusterReads> reads;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private AskOptions options;

    @Mixin
    private OutputOptions output;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLAN",
            description = "The plan file; or give --cluster and --strategy.")
    private @Nullable String plan;

    @Option(names = "--strategy", paramLabel = "ID", description = "Rehearse the plan of this strategy.")
    private @Nullable String strategy;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulated cluster (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "Inject a fault, such as throttle=0.1, boot=300s or kill@STEP; may be repeated."
                    + " docs/simulator.md lists them.")
    private List<String> faults = List.of();

    @Option(
            names = "--owner-delay",
            paramLabel = "TIME",
            converter = OwnerDelay.Converter.class,
            description = "When owners do what the plan leaves to them, such as 40m or 2h, or never (default: 15m).")
    private OwnerDelay ownerDelay = OwnerDelay.USUAL;

    @Mixin
    private LimitOptions limits;

    @Option(
            names = "--rollback-at",
            paramLabel = "STEP",
            description = "Run to the end of this step, then take everything back; shows what that costs.")
    private @Nullable String rollbackAt;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Inject
    RehearseCommand(
            Provider<Asked> asked,
            Provider<PlanCommand.Planning> planning,
            Provider<RunParts> parts,
            Provider<ClusterReads> reads) {
        this.asked = asked;
        this.planning = planning;
        this.parts = parts;
        this.reads = reads;
    }

    /** A plan with the cluster to try it on; without a plan, the exit code. */
    private record Subject(ClusterSnapshot snapshot, MigrationPlan plan) {}

    @Override
    public Integer call() {
        Path folder = root.terminal().folder();
        Injection injection = Injection.parse(faults);
        if ((plan == null) == (strategy == null)) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "rehearse needs either a plan file or --strategy",
                    "write 'cnishift rehearse plan.yaml' or 'cnishift rehearse --cluster TARGET --strategy ID'");
        }
        if (plan != null) {
            requireNothingThatAPlanHolds();
        }
        Optional<Subject> subject = plan != null ? Optional.of(saved(plan, folder)) : planned(String.valueOf(strategy));
        return subject.map(s -> rehearse(s, injection)).orElse(ExitCode.BLOCKED.number());
    }

    /** A plan holds its options, consents and holds; one given beside it would have no effect. */
    private void requireNothingThatAPlanHolds() {
        spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(IN_PLAN::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw MigrationException.user(
                            "CLI-USAGE",
                            name + " has no effect on a saved plan",
                            "leave it out, or rehearse with --cluster TARGET --strategy ID instead of a plan file");
                });
    }

    private Subject saved(String file, Path folder) {
        StoredPlan stored = parts.get().plan(file, root.terminal());
        Place place = options.target()
                .given(folder)
                .orElseGet(() -> Place.parse(stored.plan().cluster().source(), folder));
        options.target().requireReal(place);
        return new Subject(
                reads.get()
                        .snapshot(
                                place,
                                options.target().connection().settings(folder),
                                parts.get().strategies().parts(stored.plan().strategy())),
                stored.plan());
    }

    private Optional<Subject> planned(String id) {
        PlanCommand.Planning made = planning.get();
        made.book().require(id);
        Asked.Question question = asked.get()
                .question(options, id, new HoldOptions(), root.terminal().folder());
        PlanResult result = made.plan(id, question);
        return result.fold(planned -> Optional.of(new Subject(question.snapshot(), planned.plan())), refused -> {
            new Refusals(root.terminal(), output, made.codec())
                    .print(id, made.marks().suppress(refused.findings(), question.settings()));
            return Optional.empty();
        });
    }

    private static void requireWhole(RunLimits limits) {
        if (limits.slice().isPresent() || limits.guarding().isPresent()) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "--rollback-at goes to the end of a step and back, in one go and without guards",
                    "leave the limits of the run and its guards out, or leave out --rollback-at");
        }
    }

    private int rehearse(Subject subject, Injection injection) {
        RunParts run = parts.get();
        Steady steady = new Steady(root.terminal(), root.verbose());
        WorldFactory.Settings settings = new WorldFactory.Settings(seed, injection.faults(), ownerDelay.delay());
        Rehearsals rehearsals = run.rehearsals().dyingIn(injection.deaths());
        RunLimits within = limits.in(RunLimits.THROUGH);
        Choices.require(subject.plan(), within);
        run.warn(subject.plan(), within, steady);
        if (rollbackAt != null) {
            requireWhole(within);
            Rehearsal.Turn turn =
                    rehearsals.turningAt(rollbackAt, subject.snapshot(), subject.plan(), settings, steady.listener());
            return Outcome.rehearsed(turn.back(), root, output, run.codec());
        }
        // waiting costs a rehearsal nothing, and its clock stands wherever its snapshot was taken
        RunLimits waiting =
                within.slice().map(slice -> within.slice(slice.waiting())).orElse(within);
        RunResult result = rehearsals.run(subject.snapshot(), subject.plan(), settings, waiting, steady.listener());
        if (plan != null && !subject.plan().holds().isEmpty()) {
            steady.say("a rehearsal does not stop before "
                    + String.join(", ", subject.plan().holds()) + ", where the plan holds");
        }
        return Outcome.rehearsed(result, root, output, run.codec());
    }
}
