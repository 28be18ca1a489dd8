package io.cnishift.adapters.helm;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The revisions of one release, from the Secrets in which Helm keeps them. */
final class ReleaseHistory {

    private final KubeApi api;

    ReleaseHistory(KubeApi api) {
        this.api = api;
    }

    /**
     * A revision.
     *
     * @param release what a snapshot knows of it, secrets hidden
     * @param document all that Helm wrote down
     * @param secret name of the Secret that holds it
     * @param resourceVersion of that Secret
     * @param since when Helm began with it
     */
    record Revision(
            Release release, Map<String, Object> document, String secret, String resourceVersion, Instant since) {

        int number() {
            return release.revision();
        }

        String status() {
            return release.status();
        }

        /** The values as the user gave them, secrets and all. */
        Map<String, Object> values() {
            return Tree.map(document, "config");
        }

        boolean pending() {
            return status().startsWith("pending");
        }

        /** Whether Helm was taking it away, or did and kept its history. */
        boolean uninstalled() {
            return status().startsWith("uninstall");
        }
    }

    /** The newest revision; empty when there is no such release. */
    Optional<Revision> newest(String namespace, String name) {
        // Which revisions were replaced says nothing here, and each may be a megabyte.
        return revisions(namespace, HelmReader.CURRENT + ",name=" + name).stream()
                .reduce((a, b) -> b);
    }

    /** All revisions, oldest first. */
    List<Revision> all(String namespace, String name) {
        return revisions(namespace, "owner=helm,name=" + name);
    }

    private List<Revision> revisions(String namespace, String selector) {
        return api.list(HelmReader.SECRETS, selector, secret -> revision(namespace, secret)).stream()
                .sorted(Comparator.comparingInt(Revision::number))
                .toList();
    }

    private static Stream<Revision> revision(String namespace, Map<String, Object> secret) {
        return Tree.text(secret, "metadata", "namespace").filter(namespace::equals).stream()
                .flatMap(n -> Tree.text(secret, "data", "release").stream())
                .flatMap(data -> ReleaseDocument.document(data).stream())
                .flatMap(document -> ReleaseDocument.release(document)
                        .map(release -> new Revision(
                                release,
                                document,
                                Tree.text(secret, "metadata", "name").orElse(""),
                                Tree.text(secret, "metadata", "resourceVersion").orElse(""),
                                since(secret)))
                        .stream());
    }

    private static Instant since(Map<String, Object> secret) {
        try {
            return Instant.parse(
                    Tree.text(secret, "metadata", "creationTimestamp").orElse(""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
