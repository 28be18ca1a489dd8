package io.cnishift.adapters.helm;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.adapters.kubernetes.KubeResource;
import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.reading.PartReader;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the releases that Helm keeps in Secrets, its default storage: of each release the newest revision. No helm program is
 * needed. Releases kept in ConfigMaps or a database are not seen.
 */
public final class HelmReader implements PartReader {

    /** A release holds its whole chart, so it may be a megabyte. */
    private static final int PAGE = 20;

    static final KubeResource SECRETS = KubeResource.core("secrets").paged(PAGE);

    /** Revisions that were replaced are most of what there is, and say nothing. */
    static final String CURRENT = "owner=helm,status!=superseded";

    private static final String TYPE = "helm.sh/release.v1";

    private final KubeApi api;

    public HelmReader(KubeApi api) {
        this.api = api;
    }

    @Override
    public Reading read(Set<Part> parts) {
        Collected out = new Collected();
        if (parts.contains(Part.RELEASES)) {
            Map<String, Release> newest = new LinkedHashMap<>();
            out.list(Part.RELEASES, "Helm releases", () -> api.list(SECRETS, CURRENT, this::release))
                    .forEach(found -> {
                        found.release()
                                .ifPresent(release -> newest.merge(
                                        release.key(), release, (a, b) -> a.revision() >= b.revision() ? a : b));
                        if (found.release().isEmpty()) {
                            out.gap(
                                    Part.RELEASES,
                                    found.secret(),
                                    "this Secret of Helm cannot be understood",
                                    "look at the release with helm history");
                        }
                    });
            out.addAll(newest.values());
        }
        return out.reading();
    }

    private record Found(String secret, Optional<Release> release) {}

    private Stream<Found> release(Map<String, Object> secret) {
        if (!Tree.text(secret, "type").filter(TYPE::equals).isPresent()) {
            return Stream.empty();
        }
        String name = Tree.text(secret, "metadata", "namespace").orElse("") + "/"
                + Tree.text(secret, "metadata", "name").orElse("");
        return Stream.of(new Found(name, Tree.text(secret, "data", "release").flatMap(ReleaseDocument::read)));
    }
}
