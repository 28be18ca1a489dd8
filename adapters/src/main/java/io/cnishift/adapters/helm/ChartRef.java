package io.cnishift.adapters.helm;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a chart is to be had.
 *
 * @param place name in the repository, OCI reference, URL of an archive, or path
 * @param repository address of the chart repository; empty for the other kinds
 * @param version of the chart; says nothing to Helm where the place is one archive or folder
 */
record ChartRef(String place, Optional<String> repository, String version) {

    private static final String OCI = "oci://";

    ChartRef {
        Objects.requireNonNull(place);
        Objects.requireNonNull(repository);
        Objects.requireNonNull(version);
    }

    /** The chart that a plan names; its repository and name are one address there, which Helm wants apart. */
    static ChartRef of(String reference, String version) {
        boolean inRepository = reference.matches("https?://.*") && !reference.endsWith(".tgz");
        int slash = reference.lastIndexOf('/');
        return inRepository
                ? new ChartRef(reference.substring(slash + 1), Optional.of(reference.substring(0, slash)), version)
                : new ChartRef(reference, Optional.empty(), version);
    }

    /** Whether it lies on this machine. */
    boolean local() {
        return repository.isEmpty() && !place.startsWith(OCI) && !place.matches("https?://.*");
    }

    /** The chart's name, as far as the reference tells it. */
    String name() {
        return place.substring(place.lastIndexOf('/') + 1).replaceFirst("(-v?[0-9][^/]*)?\\.tgz$", "");
    }

    @Override
    public String toString() {
        return "chart " + repository.map(r -> r + "/").orElse("") + place + " " + version;
    }
}
