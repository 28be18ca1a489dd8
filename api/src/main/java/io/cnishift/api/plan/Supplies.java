package io.cnishift.api.plan;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a cluster needs from outside for a migration: charts and container images, to be copied where it reaches nothing.
 *
 * @param values chart values that point to the copies of the images; empty where no registry for copies was named
 */
public record Supplies(List<Chart> charts, List<Image> images, Map<String, Object> values) {

    public Supplies {
        charts = List.copyOf(charts);
        images = List.copyOf(images);
        values = Tree.copy(values);
    }

    /**
     * A chart.
     *
     * @param version empty where it is that of a release in the cluster, which nobody has read
     * @param reference where it is: repository and name as one address, OCI reference or path
     * @param digest of its archive; empty when it is not known
     * @param copy where a copy of it goes; empty where no registry for copies was named
     */
    public record Chart(String name, String version, String reference, Optional<String> digest, Optional<String> copy) {
        public Chart {
            Objects.requireNonNull(name);
            Objects.requireNonNull(version);
            Objects.requireNonNull(reference);
            Objects.requireNonNull(digest);
            Objects.requireNonNull(copy);
        }
    }

    /**
     * A container image.
     *
     * @param image registry, repository and tag; without a tag when that is not known
     * @param digest of the index for all architectures; empty when it is not known
     * @param use what runs it
     * @param copy where a copy of it goes; empty where no registry for copies was named
     */
    public record Image(String image, Optional<String> digest, String use, Optional<String> copy) {
        public Image {
            Objects.requireNonNull(image);
            Objects.requireNonNull(digest);
            Objects.requireNonNull(use);
            Objects.requireNonNull(copy);
        }
    }
}
