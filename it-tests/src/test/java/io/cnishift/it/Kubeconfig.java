package io.cnishift.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kubeconfigs of tests: one cluster, one user with a token. */
public final class Kubeconfig {

    private Kubeconfig() {}

    /**
     * Writes one.
     *
     * @param cluster the fields of the cluster, such as {@code server: "http://..."}
     */
    public static Path in(Path folder, String cluster, String token) {
        try {
            return Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    clusters: [{name: test, cluster: {%s}}]
                    users: [{name: test, user: {token: %s}}]
                    """.formatted(cluster, token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
