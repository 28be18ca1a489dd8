package io.cnishift.adapters.target;

import io.cnishift.api.port.MigrationException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A real cluster: its name in EKS, and how it is reached.
 *
 * @param probeImage what pods that ask its network are made of; empty for the usual image
 */
public record ClusterTarget(String name, ConnectionSettings settings, Optional<String> probeImage) {

    private static final String SCHEME = "eks:";
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]*");
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,99}");

    public ClusterTarget {
        Objects.requireNonNull(settings);
        if (probeImage.filter(image -> !IMAGE.matcher(image).matches()).isPresent()) {
            throw MigrationException.user(
                    "PROBE-IMAGE",
                    "\"" + probeImage.get() + "\" cannot be the name of an image",
                    "give --probe-image HOST/PATH:TAG of a copy of the image that 'cnishift images' lists");
        }
        if (!NAME.matcher(name).matches()) {
            throw MigrationException.user(
                    "CLUSTER-NAME",
                    "\"" + name + "\" cannot be the name of an EKS cluster",
                    "give eks:NAME; a name has letters, digits, - and _ only, at most 100");
        }
    }

    /** A cluster that is asked with the usual image. */
    public ClusterTarget(String name, ConnectionSettings settings) {
        this(name, settings, Optional.empty());
    }

    /** The same, asked with that image; empty for the usual one. */
    public ClusterTarget probedWith(Optional<String> image) {
        return new ClusterTarget(name, settings, image);
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
