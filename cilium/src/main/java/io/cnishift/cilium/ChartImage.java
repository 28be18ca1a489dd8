package io.cnishift.cilium;

import java.util.Objects;
import java.util.Optional;

/**
 * An image that Cilium's chart runs.
 *
 * @param part what runs it
 * @param image registry, repository and tag; without a tag when that is not known here
 * @param digest of the index for all architectures; empty when it is not known here
 */
public record ChartImage(Part part, String image, Optional<String> digest) {

    public ChartImage {
        Objects.requireNonNull(part);
        Objects.requireNonNull(image);
        Objects.requireNonNull(digest);
    }

    /** What runs an image. */
    public enum Part {
        AGENT("image", "", "agents on every node"),
        OPERATOR_GENERIC("operator.image", "-generic", "operator"),
        OPERATOR_AWS("operator.image", "-aws", "operator"),
        ENVOY("envoy.image", "", "proxy on every node"),
        RELAY("hubble.relay.image", "", "Hubble relay"),
        UI_BACKEND("hubble.ui.backend.image", "", "Hubble web interface"),
        UI_FRONTEND("hubble.ui.frontend.image", "", "Hubble web interface"),
        MESH("clustermesh.apiserver.image", "", "API server of the cluster mesh");

        private final String path;
        private final String suffix;
        private final String use;

        Part(String path, String suffix, String use) {
            this.path = path;
            this.suffix = suffix;
            this.use = use;
        }

        /** In words. */
        public String use() {
            return use;
        }

        /** Whether its tag is the number of the Cilium release. */
        private boolean ofTheRelease() {
            return this == AGENT || this == OPERATOR_GENERIC || this == OPERATOR_AWS || this == RELAY || this == MESH;
        }
    }

    /** The image of a part, where the user's values do not name another one. */
    public static ChartImage of(CiliumVersion version, Part part, Values user) {
        Optional<String> override = user.text(part.path + ".override").filter(text -> !text.isEmpty());
        if (override.isPresent()) {
            return new ChartImage(part, override.get(), Optional.empty());
        }
        String repository = user.text(part.path + ".repository")
                        .or(() -> byDefault(version, part, "repository"))
                        .orElse("")
                + part.suffix;
        Optional<String> tag = user.text(part.path + ".tag").or(() -> tag(version, part));
        return new ChartImage(
                part, repository + tag.map(t -> ":" + t).orElse(""), tag.flatMap(t -> ImageDigests.of(repository, t)));
    }

    /** Of images that do not carry the release's number only those of the newest release of each line are known here. */
    private static Optional<String> tag(CiliumVersion version, Part part) {
        if (part.ofTheRelease()) {
            return Optional.of("v" + version);
        }
        return CiliumVersion.lines().contains(version) ? byDefault(version, part, "tag") : Optional.empty();
    }

    private static Optional<String> byDefault(CiliumVersion version, Part part, String value) {
        return ChartValues.find(version, part.path + "." + value).flatMap(ValueSpec::defaultText);
    }
}
