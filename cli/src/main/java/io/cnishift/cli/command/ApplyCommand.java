package io.cnishift.cli.command;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.page.PlanPage;
import io.cnishift.cli.page.TextPages;
import io.cnishift.cli.run.Bench;
import io.cnishift.cli.run.RealRuns;
import io.cnishift.cli.run.Shelf;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.Choices;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a saved plan on the cluster it names. */
@Command(name = "apply", description = "Runs a saved plan on the cluster it names: shows it, asks, keeps a journal.")
final class ApplyCommand implements Callable<Integer> {

    private final Provider<RunParts> parts;
    private final Provider<ClusterReads> reads;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ProbeOptions probes;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private HostOptions hosts;

    @Mixin
    private HelmOptions helm;

    @Mixin
    private TagOptions tagged;

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan file.")
    private String plan = "";

    @Option(names = "--expect", paramLabel = "SHA256", description = "Refuse the plan unless this is its digest.")
    private @Nullable String expected;

    @Mixin
    private LimitOptions limits;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulated cluster (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--dry-run",
            arity = "0..1",
            preprocessor = DryRunForm.OnlyAttached.class,
            paramLabel = "client|server",
            description =
                    "Change nothing. client (when no value is given): print the commands that the plan amounts to, from a"
                            + " rehearsal. server: ask the cluster's APIs whether they would take each act of the rehearsal, as far as"
                            + " they can be asked.")
    private @Nullable DryRunForm dryRun;

    @Inject
    ApplyCommand(Provider<RunParts> parts, Provider<ClusterReads> reads) {
        this.parts = parts;
        this.reads = reads;
    }

    @Override
    public Integer call() {
        Terminal terminal = root.terminal();
        RunParts run = parts.get().using(helm.choice(terminal.folder()));
        StoredPlan stored = run.plan(plan, terminal);
        expect(stored);
        helm.require(stored.plan());
        Place place = place(stored.plan().cluster(), terminal);
        boolean simulated = place.kind() == Place.Kind.SIMULATED;
        target.requireReal(place);
        if (simulated) {
            // a scenario that there is not is told before anything else is said
            run.shelf().scenario(place.name());
        }
        RunLimits within = limits.in(RunLimits.NONE);
        Choices.require(stored.plan(), within);
        Map<String, String> tags = tagged.tags();
        WorldFactory.Settings settings = new WorldFactory.Settings(seed, Map.of());
        if (dryRun == DryRunForm.CLIENT) {
            ClusterSnapshot now = reads.get()
                    .snapshot(
                            place,
                            target.connection().settings(terminal.folder()),
                            run.strategies().parts(stored.plan().strategy()));
            return new DryRun(root, output, run).print(stored, now, settings, limits.until());
        }
        hosts.require(stored.plan(), run.strategies(), new Steady(terminal, root.verbose()));
        if (dryRun == DryRunForm.SERVER) {
            ServerDryRun asking = new ServerDryRun(root, output, run);
            if (simulated) {
                World fresh = run.rehearsals().open(run.shelf().scenario(place.name()), stored.plan(), settings);
                return asking.print(stored, fresh, place.toString(), settings, limits.until());
            }
            return run.real().looking(stored, target.real(stored.plan().cluster(), terminal.folder()), world -> {
                render(stored, world, run);
                return asking.print(stored, world, place.toString(), settings, limits.until());
            });
        }
        terminal.err()
                .print(TextPages.plain()
                        .text(PlanPage.brief(stored.plan(), stored.digest(), run.codec())
                                .in(terminal::commands)));
        terminal.err().flush();
        run.shelf().unfinished(stored).ifPresent(id -> {
            throw RealRuns.unfinished(id, place.toString(), run.shelf().lock(id).holder());
        });
        if (simulated) {
            earlier(run.shelf(), stored, terminal);
        }
        run.warn(stored.plan(), within, new Steady(terminal, root.verbose()));
        confirmation.require(terminal, "Apply this plan to " + place + "?");
        Bench bench = simulated
                ? run.shelf().begin(stored, place.name(), seed)
                : run.real().begin(stored, probes.of(target.real(stored.plan().cluster(), terminal.folder())));
        try (bench) {
            if (!simulated) {
                render(stored, bench.world(), run);
            }
            Steady steady = new Steady(terminal, root.verbose());
            steady.say("migration " + bench.journal().migration());
            RunResult result = run.run(
                    bench,
                    within,
                    "apply",
                    request -> run.runner().apply(request.tagging(tags)),
                    terminal,
                    steady.telling());
            return Outcome.print(
                    result,
                    root,
                    output,
                    run.codec(),
                    Again.of(stored.plan(), run.strategies(), helm.words() + probes.words()));
        } finally {
            run.shelf().tidy(bench.journal().migration());
        }
    }

    /** A chart that does not take its values is found out before anything is done. */
    private static void render(StoredPlan stored, World world, RunParts run) {
        run.real()
                .renderer()
                .map(Rendering::new)
                .ifPresent(rendering -> world.aws().read(Set.of(Part.CLUSTER)).resources().stream()
                        .filter(Cluster.class::isInstance)
                        .map(resource -> ((Cluster) resource).kubernetesVersion())
                        .filter(version -> !version.isEmpty())
                        .forEach(version -> rendering.all(stored.plan(), version)));
    }

    /** Each apply begins on a fresh cluster, which one who wants to go on may not expect. */
    private void earlier(Shelf shelf, StoredPlan stored, Terminal terminal) {
        List<String> migrations = shelf.of(stored);
        if (!migrations.isEmpty()) {
            String last = migrations.get(0);
            new Steady(terminal, root.verbose())
                    .say(root.hint("this plan has been applied before, as migration " + last
                            + (migrations.size() == 1 ? "" : " and " + (migrations.size() - 1) + " more")
                            + "; this begins on a fresh cluster. To see that one: 'cnishift status " + last
                            + "'"));
        }
    }

    private void expect(StoredPlan stored) {
        if (expected != null && !expected.matches("[0-9a-fA-F]{64}")) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "--expect takes a SHA-256, which has 64 hexadecimal digits, not '" + expected + "'",
                    "write the whole digest that 'cnishift plan --out' printed");
        }
        if (expected != null && !expected.equalsIgnoreCase(stored.digest())) {
            throw MigrationException.user(
                    "CLI-PLAN-CHANGED",
                    plan + " has the SHA-256 " + stored.digest() + ", not " + expected,
                    "review the plan as it is now, or bring back the one that was approved");
        }
    }

    /** The cluster of the plan; with {@code --cluster} it must be the same one. */
    private Place place(Target of, Terminal terminal) {
        Place place = target.given(terminal.folder()).orElseGet(() -> Place.parse(of.source(), terminal.folder()));
        if (place.kind() == Place.Kind.FILE) {
            throw MigrationException.user(
                    "CLI-NO-CLUSTER",
                    "the plan was made from the snapshot " + of.source() + ", which is no cluster to apply it to",
                    "name the cluster: --cluster eks:NAME");
        }
        if (of.source().startsWith("sim:") && !of.source().equals(place.toString())) {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "the plan was made for " + of.source() + ", not for " + place,
                    "leave out --cluster, or make a plan for " + place);
        }
        if (place.kind() == Place.Kind.SIMULATED && !of.source().startsWith("sim:")) {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "the plan was made for the cluster " + of.name() + ", not for " + place,
                    "rehearse it with 'cnishift rehearse " + plan
                            + "', with --cluster and the snapshot it was made from");
        }
        if (place.kind() == Place.Kind.EKS && !place.name().equals(of.name())) {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "the plan was made for the cluster " + of.name() + ", not for " + place,
                    "give the cluster of the plan, or make a plan for " + place);
        }
        return place;
    }
}
