package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.page.ComparePage;
import io.cnishift.cli.run.Rehearsals;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.compare.Comparer;
import io.cnishift.engine.compare.Comparison;
import io.cnishift.engine.compare.Preference;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.plan.Wishes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares doing nothing and every strategy on one cluster. */
@Command(
        name = "compare",
        description = "Doing nothing and every strategy side by side: feasible or why not, capacity, addresses,"
                + " rehearsed time and disruption, and a recommendation.")
final class CompareCommand implements Callable<Integer> {

    private final Provider<Asked> asked;
    private final Provider<Comparing> comparing;

    @ParentCommand
    private Cnishift root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AskOptions options;

    @Mixin
    private OutputOptions output;

    @Mixin
    private FailOn failOn;

    @Option(
            names = "--prefer",
            paramLabel = "WHAT",
            split = ",",
            description = "What counts before all else: least-disruption, most-relief, keep-vpc-ips or network-policy;"
                    + " may be repeated, the first counts most.")
    private List<String> prefer = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the rehearsals (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Inject
    CompareCommand(Provider<Asked> asked, Provider<Comparing> comparing) {
        this.asked = asked;
        this.comparing = comparing;
    }

    /** What a comparison is made of. */
    record Comparing(StrategyBook book, Planner planner, Rehearsals rehearsals, Codec codec, Marks marks) {
        @Inject
        Comparing {}
    }

    @Override
    public Integer call() {
        Terminal terminal = root.terminal();
        Asked.Question question = asked.get().question(options, terminal.folder());
        Comparing parts = comparing.get();
        requireGoodOptions(parts, question.wishes());
        Steady steady = new Steady(terminal, root.verbose());
        WorldFactory.Settings settings = new WorldFactory.Settings(seed, Map.of());
        Comparer comparer = new Comparer(parts.book(), parts.planner(), (snapshot, plan) -> {
            steady.say("rehearsing " + plan.strategy() + "...");
            return parts.rehearsals().measure(snapshot, plan, settings, steady.listener());
        });
        Comparison comparison =
                marked(comparer.compare(question.snapshot(), question.wishes(), preferences()), question, parts);
        Optional<String> next = PlanCall.of(comparison, spec.commandLine().getParseResult());
        output.print(
                terminal, parts.codec(), Comparison.class, comparison, c -> ComparePage.of(c, question.note(), next));
        return failOn.code(weighty(comparison));
    }

    private List<Preference> preferences() {
        return prefer.stream()
                .map(name -> Preference.of(name)
                        .orElseThrow(() -> MigrationException.user(
                                "CLI-USAGE",
                                "--prefer: '" + name + "' is nothing that can be preferred",
                                "use " + Preference.names())))
                .toList();
    }

    /** A wrong option is a wrong call; as a finding it would look like a strategy that does not fit the cluster. */
    private static void requireGoodOptions(Comparing parts, Wishes wishes) {
        List<Finding> wrong = parts.book().all().stream()
                .flatMap(strategy -> parts.planner().wrongOptions(strategy, wishes).stream())
                .toList();
        if (!wrong.isEmpty()) {
            throw Refusals.wrongOptions(wrong);
        }
    }

    /** The findings that a caller can mean: of the cluster as it is, and of the strategy to take. */
    private static Stream<Finding> weighty(Comparison comparison) {
        Optional<String> taken = comparison.recommendation().strategy();
        return comparison.strategies().stream()
                .filter(row -> row.id().equals("stay")
                        || taken.filter(row.id()::equals).isPresent())
                .flatMap(row -> row.findings().stream());
    }

    private static Comparison marked(Comparison comparison, Asked.Question question, Comparing parts) {
        List<Comparison.Row> rows = comparison.strategies().stream()
                .map(r -> new Comparison.Row(
                        r.id(),
                        r.title(),
                        r.feasible(),
                        parts.marks().suppress(r.findings(), question.settings()),
                        r.capacity(),
                        r.ipBudget(),
                        r.disruption(),
                        r.cost(),
                        r.features(),
                        r.reversible(),
                        r.goal(),
                        r.rehearsal(),
                        r.network()))
                .toList();
        return new Comparison(comparison.cluster(), rows, comparison.recommendation());
    }
}
