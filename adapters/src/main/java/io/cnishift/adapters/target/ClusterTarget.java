package io.cnishift.adapters.target;

import io.cnishift.api.port.MigrationException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A real cluster: its name in EKS, and how it is reached. */
public record ClusterTarget(String name, ConnectionSettings settings) {

    private static final String SCHEME = "eks:";
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,99}");

    public ClusterTarget {
        Objects.requireNonNull(settings);
        if (!NAME.matcher(name).matches()) {
            throw MigrationException.user(
                    "CLUSTER-NAME",
                    "\"" + name + "\" cannot be the name of an EKS cluster",
                    "give eks:NAME; a name has letters, digits, - and _ only, at most 100");
        }
    }

    /** The target that {@code eks:NAME} names; empty when the text is of another kind. */
    public static Optional<ClusterTarget> parse(String text, ConnectionSettings settings) {
        return text.startsWith(SCHEME)
                ? Optional.of(new ClusterTarget(text.substring(SCHEME.length()), settings))
                : Optional.empty();
    }

    /** As a user names it, and as snapshots say where they come from: {@code eks:NAME}. */
    @Override
    public String toString() {
        return SCHEME + name;
    }
}
