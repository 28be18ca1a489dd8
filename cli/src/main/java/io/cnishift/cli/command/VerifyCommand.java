package io.cnishift.cli.command;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.Table;
import io.cnishift.cli.run.Site;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.verify.Verification;
import io.cnishift.engine.verify.Verifier;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Asks the probes of a cluster as it is now. */
@Command(
        name = "verify",
        description =
                "Runs the probes on a cluster, and leaves nothing changed: pods that ask the network of a real cluster go"
                        + " when they have their answer. What cannot be asked is unknown, which is no pass.")
final class VerifyCommand implements Callable<Integer> {

    private final Provider<RunParts> parts;
    private final Provider<Verifier> verifier;
    private final Provider<WorldFactory> worlds;
    private final Provider<Site> site;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ProbeOptions probes;

    @Mixin
    private OutputOptions output;

    @Inject
    VerifyCommand(
            Provider<RunParts> parts, Provider<Verifier> verifier, Provider<WorldFactory> worlds, Provider<Site> site) {
        this.parts = parts;
        this.verifier = verifier;
        this.worlds = worlds;
        this.site = site;
    }

    @Override
    public Integer call() {
        RunParts run = parts.get();
        Optional<Place> given = target.given(root.terminal().folder());
        Optional<String> latest =
                given.isPresent() ? Optional.empty() : Optional.of(run.shelf().id(Optional.empty()));
        Place place = given.or(() -> latest.map(id -> of(id, run))).orElseThrow();
        target.requireReal(place);
        try (Site.Opened opened = open(run, place, latest)) {
            ClusterSnapshot read = ClusterReader.read(opened.world(), place.toString(), Part.ofOneCluster());
            Verification said = verifier.get().verify(read, opened.world());
            output.print(root.terminal(), run.codec(), Verification.class, said, VerifyCommand::page);
            return (said.outcome() == Verification.Outcome.PASSED ? ExitCode.OK : ExitCode.VERIFICATION_FAILED)
                    .number();
        }
    }

    /** The cluster that a migration is of, or the second one once all clients have been sent there: what was to be reached is true of that. */
    private static Target cluster(String id, RunParts run) {
        MigrationPlan plan = run.shelf().plan(id).plan();
        try (Journal journal = run.shelf().journal(id)) {
            JournalState state = journal.state();
            boolean moved = state.run().rollback().isEmpty()
                    && plan.phases().stream()
                            .filter(phase -> phase.id().equals("hold"))
                            .flatMap(phase -> phase.steps().stream())
                            .anyMatch(step -> state.begun(step.id()));
            return plan.second().filter(second -> moved).orElse(plan.cluster());
        }
    }

    private Place of(String id, RunParts run) {
        String source =
                cluster(id, run).source().replaceFirst("^new:", run.shelf().simulated(id) ? "sim:" : "eks:");
        new Steady(root.terminal(), root.verbose()).say("the cluster of migration " + id + ": " + source);
        return Place.parse(
                run.shelf().simulated(id) ? source + "@" + id : source,
                root.terminal().folder());
    }

    private Site.Opened open(RunParts run, Place place, Optional<String> latest) {
        return switch (place.kind()) {
            case SIMULATED ->
                place.migration()
                        .map(id -> run.shelf().look(place))
                        .orElseGet(() -> new Site.Opened(
                                worlds.get()
                                        .open(
                                                run.shelf().scenario(place.name()),
                                                new WorldFactory.Settings(1, Map.of())),
                                () -> {}));
            case EKS ->
                site.get()
                        .open(probes.of(latest.map(id -> real(id, run))
                                .or(() -> target.givenReal(root.terminal().folder())
                                        .map(named -> run.reached(named, Optional.empty())))
                                .orElseThrow()));
            case FILE ->
                throw MigrationException.user(
                        "CLI-NO-CLUSTER",
                        "'" + place + "' is a snapshot, of which nothing can be asked",
                        "name a cluster: --cluster eks:NAME or sim:NAME");
        };
    }

    private ClusterTarget real(String id, RunParts run) {
        Target of = cluster(id, run);
        ClusterTarget reached = run.reached(target.real(of, root.terminal().folder()), Optional.of(id));
        // a kubeconfig and an endpoint are those of the first cluster
        return of.equals(run.shelf().plan(id).plan().cluster())
                ? reached
                : new ClusterTarget(of.name(), reached.settings().ofAnotherCluster());
    }

    private static Page page(Verification said) {
        Table.Builder table = Table.of("probe", "what", "status", "evidence");
        said.probes().forEach(line -> table.row(line.code(), line.title(), line.status(), line.evidence()));
        return Page.builder()
                .sentence("Verification: " + said.outcome() + ".")
                .table(table.build())
                .bullets(said.probes().stream()
                        .filter(line -> !line.remedy().isEmpty())
                        .map(line -> line.code() + ": " + line.remedy())
                        .toList())
                .build();
    }
}
