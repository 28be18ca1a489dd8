package io.cnishift.cli.command;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.Table;
import io.cnishift.cli.run.Site;
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
        Optional<Underway> latest = given.isPresent()
                ? Optional.empty()
                : Optional.of(Underway.of(run.shelf().id(Optional.empty()), run));
        Place place = given.or(() -> latest.map(underway -> of(underway, run))).orElseThrow();
        target.requireReal(place);
        try (Site.Opened opened = open(run, place, latest)) {
            ClusterSnapshot read = ClusterReader.read(opened.world(), place.toString(), Part.ofOneCluster());
            Verification asked = verifier.get().verify(read, opened.world());
            Target looked = Target.of(read);
            Verification said = latest.or(() -> known(place, looked, run))
                    .filter(underway -> underway.plan().cluster().same(looked))
                    .map(underway -> underway.of(asked))
                    .orElse(asked);
            output.print(root.terminal(), run.codec(), Verification.class, said, VerifyCommand::page);
            return (said.outcome() == Verification.Outcome.PASSED ? ExitCode.OK : ExitCode.VERIFICATION_FAILED)
                    .number();
        }
    }

    private Place of(Underway underway, RunParts run) {
        Place place = of(underway.cluster(), underway.id(), run);
        Steady steady = new Steady(root.terminal(), root.verbose());
        steady.say("the cluster of migration " + underway.id() + ": " + place.withoutMigration());
        underway.other()
                .ifPresent(other -> steady.say(root.hint("its other cluster is not looked at; where that is there,"
                        + " 'cnishift verify --cluster " + of(other, underway.id(), run) + "' does")));
        return place;
    }

    private Place of(Target cluster, String id, RunParts run) {
        boolean simulated = run.shelf().simulated(id);
        String source = cluster.source().replaceFirst("^new:", simulated ? "sim:" : "eks:");
        return Place.parse(
                simulated ? source + "@" + id : source, root.terminal().folder());
    }

    /** The migration that a cluster which was looked at is the first one of. */
    private static Optional<Underway> known(Place place, Target looked, RunParts run) {
        return (place.kind() == Place.Kind.EKS ? run.shelf().lastOn(looked::same) : place.migration())
                .map(id -> Underway.of(id, run));
    }

    private Site.Opened open(RunParts run, Place place, Optional<Underway> latest) {
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
                        .open(probes.of(latest.map(underway -> real(underway, run))
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

    private ClusterTarget real(Underway underway, RunParts run) {
        Target of = underway.cluster();
        ClusterTarget reached = run.reached(target.real(of, root.terminal().folder()), Optional.of(underway.id()));
        // a kubeconfig and an endpoint are those of the first cluster
        return of.equals(underway.plan().cluster())
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
