package io.cnishift.cilium;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of the digests of charts and images. */
public final class ImageDigests {

    private static final String CHART = "chart";
    private static final Map<String, String> KNOWN = ChartTable.rows("image-digests.tsv").stream()
            .collect(Collectors.toUnmodifiableMap(row -> row.get(0) + ":" + row.get(1), row -> row.get(2)));

    private ImageDigests() {}

    /** The digest of an image. */
    static Optional<String> of(String repository, String tag) {
        return Optional.ofNullable(KNOWN.get(repository + ":" + tag));
    }

    /** The digest of the archive of Cilium's chart. */
    public static Optional<String> ofChart(CiliumVersion version) {
        return of(CHART, version.toString());
    }
}
