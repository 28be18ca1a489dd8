package io.cnishift.simulator.scenario;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.plan.Intent;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The bundled scenarios, by name. */
public final class Scenarios {

    private static final List<String> NAMES = List.of("clean-cluster", "govcloud-26", "minnie-wallace");

    private final Codec codec;

    public Scenarios(Codec codec) {
        this.codec = codec;
    }

    /** All names, sorted. */
    public static List<String> names() {
        return NAMES;
    }

    /** The cluster of a scenario, or the error that names all there are. */
    public ClusterSnapshot snapshot(String name) {
        return read(ClusterSnapshot.class, name, ".yaml");
    }

    /** What its owner wants. */
    public Intent intent(String name) {
        return read(Intent.class, name, ".intent.yaml");
    }

    private <T> T read(Class<T> type, String name, String suffix) {
        if (!NAMES.contains(name)) {
            throw MigrationException.user(
                    "SIM-UNKNOWN-SCENARIO",
                    "there is no scenario '" + name + "'",
                    "choose one of "
                            + String.join(
                                    ", ", NAMES.stream().map(n -> "sim:" + n).toList()));
        }
        return codec.read(type, Source.of(name + suffix, () -> open(name + suffix)))
                .orElseThrow(Scenarios::broken);
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(Scenarios.class.getResourceAsStream(file), file);
    }

    /** A scenario is part of the program, so a mistake in it is one of the program. */
    private static IllegalStateException broken(List<? extends Problem> problems) {
        return new IllegalStateException(problems.get(0).toString());
    }
}
