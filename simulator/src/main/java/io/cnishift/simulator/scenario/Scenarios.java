package io.cnishift.simulator.scenario;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Suggestion;
import io.cnishift.engine.plan.Intent;
import io.cnishift.simulator.scenario.production.ProductionCluster;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bundled scenarios, by name: documents, and clusters of production shape, which are generated. Of these {@code prod-300} is
 * listed; {@code prod-N} is the same with N nodes.
 */
public final class Scenarios {

    private static final List<String> NAMES = List.of(
            "big-prefix",
            "chained-policy",
            "clean-cluster",
            "govcloud-26",
            "govcloud-26-full",
            "govcloud-26-stuck",
            "minnie-wallace",
            "prod-300",
            "stateful-green");

    /** What some of them can move to: a second cluster in the VPC of the first. Nothing runs in it, so nothing is asked about it alone. */
    private static final List<String> SECONDS =
            List.of("clean-cluster-green", "minnie-wallace-green", "stateful-green-second");

    /** What one of them is after a migration, for what only goes on from there. */
    private static final List<String> LATER = List.of("minnie-wallace-cilium");

    private static final Pattern GENERATED = Pattern.compile("prod-([1-9][0-9]{0,4})");

    private final Codec codec;

    public Scenarios(Codec codec) {
        this.codec = codec;
    }

    /** All names, sorted. */
    public static List<String> names() {
        return NAMES;
    }

    /** Names of clusters that are what a migration made of another one; not every strategy has something to do there. */
    public static List<String> later() {
        return LATER;
    }

    /** The cluster of a scenario, or the error that names all there are. */
    public ClusterSnapshot snapshot(String name) {
        OptionalInt nodes = nodes(name);
        return nodes.isPresent()
                ? ProductionCluster.of(nodes.getAsInt())
                : read(ClusterSnapshot.class, known(name) + ".yaml");
    }

    /** What its owner wants. */
    public Intent intent(String name) {
        if (SECONDS.contains(name) || LATER.contains(name)) {
            return Intent.NONE;
        }
        return read(Intent.class, (nodes(name).isPresent() ? "prod" : known(name)) + ".intent.yaml");
    }

    /** The number of nodes of a generated cluster; empty for the name of anything else. */
    private static OptionalInt nodes(String name) {
        Matcher matcher = GENERATED.matcher(name);
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        int nodes = Integer.parseInt(matcher.group(1));
        if (nodes < ProductionCluster.LEAST || nodes > ProductionCluster.MOST) {
            throw MigrationException.user(
                    "SIM-UNKNOWN-SCENARIO",
                    "there is no scenario '" + name + "'",
                    "choose sim:prod-N with N from " + ProductionCluster.LEAST + " to " + ProductionCluster.MOST);
        }
        return OptionalInt.of(nodes);
    }

    private static String known(String name) {
        if (Stream.of(NAMES, SECONDS, LATER).noneMatch(names -> names.contains(name))) {
            throw MigrationException.user(
                    "SIM-UNKNOWN-SCENARIO",
                    "there is no scenario '" + name + "'",
                    Suggestion.nearest(
                                            name,
                                            Stream.of(NAMES, LATER, SECONDS)
                                                    .flatMap(List::stream)
                                                    .toList())
                                    .map(near -> "did you mean sim:" + near + "? ")
                                    .orElse("")
                            + "choose one of " + listed(NAMES) + ", or " + listed(LATER)
                            + " to go on from a migration; to= takes " + listed(SECONDS) + " too");
        }
        return name;
    }

    private static String listed(List<String> names) {
        return names.stream().map(n -> "sim:" + n).collect(Collectors.joining(", "));
    }

    private <T> T read(Class<T> type, String file) {
        return codec.read(type, Source.of(file, () -> open(file))).orElseThrow(Scenarios::broken);
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(Scenarios.class.getResourceAsStream(file), file);
    }

    /** A scenario is part of the program, so a mistake in it is one of the program. */
    private static IllegalStateException broken(List<? extends Problem> problems) {
        return new IllegalStateException(problems.get(0).toString());
    }
}
