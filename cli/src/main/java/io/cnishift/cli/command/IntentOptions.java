package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Goal;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.explain.CodeBook;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Documents;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.input.Settings;
import io.cnishift.cli.input.Wanted;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.Intent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Goal, constraints and consents: the scenario's own or a file's, the folder's settings and flags on top. */
final class IntentOptions {

    @Option(
            names = "--intent",
            paramLabel = "FILE|none",
            description = "Use this intent document, or none, instead of the scenario's own.")
    private @Nullable String intent;

    @Option(
            names = "--goal",
            paramLabel = "GOAL",
            description = "What is wanted: pods=N, nodes=N, growth=N%% or free-ips=N.")
    private @Nullable String goal;

    @Option(
            names = "--forbid",
            paramLabel = "CONSTRAINT",
            split = ",",
            description = "What may not be done: vpc-changes, new-subnets, new-cluster, node-replacement,"
                    + " unsupported-cni, losing-security-groups-for-pods.")
    private List<String> forbid = List.of();

    @Option(
            names = "--accept",
            paramLabel = "CODE[:SUBJECT]",
            description = "Accept a consent that a plan asks for; may be repeated.")
    private List<String> accept = List.of();

    /** The intent for that place. */
    Intent intent(Place place, ClusterReads reads, Settings settings, Codec codec, Path folder) {
        Intent base = intent == null ? reads.intent(place) : document(intent, codec, folder);
        Intent set = new Wanted(settings.goal(), settings.forbid(), settings.accept()).over(base);
        return new Wanted(
                        wantedGoal(),
                        forbid.stream().map(IntentOptions::constraint).toList(),
                        consents())
                .over(set);
    }

    /** What comes from the scenario, in words: nobody has written it in this call. */
    Optional<String> note(Place place, ClusterReads reads) {
        return intent == null
                ? Optional.of(reads.intent(place))
                        .filter(i -> !i.equals(Intent.NONE))
                        .map(i -> "Intent: " + words(i) + "; from the scenario, --intent none leaves it out.")
                : Optional.empty();
    }

    private static String words(Intent intent) {
        List<String> words = new ArrayList<>();
        intent.goal().ifPresent(g -> words.add("goal " + g));
        if (!intent.constraints().isEmpty()) {
            words.add("forbidden " + joined(intent.constraints().stream().map(Constraint::toString)));
        }
        if (!intent.accepted().isEmpty()) {
            words.add("accepted "
                    + joined(intent.accepted().stream()
                            .map(c -> c.code() + c.subject().map(s -> ":" + s).orElse(""))));
        }
        return String.join("; ", words);
    }

    private static String joined(Stream<String> words) {
        return words.collect(Collectors.joining(", "));
    }

    private static Intent document(String name, Codec codec, Path folder) {
        return name.equals("none") ? Intent.NONE : Documents.read(codec, Intent.class, Documents.file(name, folder));
    }

    private Optional<Goal> wantedGoal() {
        try {
            return Optional.ofNullable(goal).map(Goal::parse);
        } catch (IllegalArgumentException e) {
            throw MigrationException.user("CLI-USAGE", "--goal: " + e.getMessage(), "see 'cnishift compare --help'");
        }
    }

    private static Constraint constraint(String text) {
        return Arrays.stream(Constraint.values())
                .filter(c -> c.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> MigrationException.user(
                        "CLI-USAGE",
                        "--forbid: '" + text + "' is nothing that can be forbidden",
                        "use "
                                + Arrays.stream(Constraint.values())
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", "))));
    }

    /** A consent to a code that nothing reports would never count, and its author would think that it does. */
    void requireCodes(CodeBook codes) {
        for (String text : accept) {
            codes.require(text.split(":", 2)[0]);
        }
    }

    /** What is accepted on the command line and asked by none of these findings. */
    List<String> unasked(List<Finding> findings) {
        return accept.stream()
                .filter(text -> findings.stream()
                        .filter(f -> f.severity() == Severity.CONSENT)
                        .noneMatch(f -> text.equals(f.code()) || text.equals(f.code() + ":" + f.subject())))
                .toList();
    }

    private List<Consent> consents() {
        return accept.stream()
                .map(text -> text.split(":", 2))
                .map(parts -> new Consent(
                        parts[0],
                        parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }
}
