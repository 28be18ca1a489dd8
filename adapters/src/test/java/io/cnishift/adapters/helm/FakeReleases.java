package io.cnishift.adapters.helm;

import io.cnishift.adapters.kubernetes.FakeApiServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Secrets of Helm in a fake API server, which shows those that a selector of Helm's labels matches. */
final class FakeReleases {

    private static final String SECRETS = "/api/v1/secrets";

    private final FakeApiServer server;
    private final List<Map<String, Object>> secrets = new ArrayList<>();

    FakeReleases(FakeApiServer server) {
        this.server = server;
        show();
    }

    FakeReleases with(int revision, String status, String version, Map<String, Object> values, String since) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", "cilium");
        document.put("namespace", "kube-system");
        document.put("version", revision);
        document.put("info", Map.of("status", status, "description", "Preparing upgrade"));
        document.put("chart", Map.of("metadata", Map.of("name", "cilium", "version", version)));
        document.put("config", values);
        document.put("manifest", "---\n");
        secrets.add(Map.of(
                "type",
                "helm.sh/release.v1",
                "metadata",
                Map.of(
                        "namespace",
                        "kube-system",
                        "name",
                        "sh.helm.release.v1.cilium.v" + revision,
                        "resourceVersion",
                        "7",
                        "creationTimestamp",
                        since),
                "data",
                Map.of("release", ReleaseDocument.text(document))));
        show();
        return this;
    }

    private void show() {
        server.list(SECRETS, "Secret", List.copyOf(secrets));
    }
}
