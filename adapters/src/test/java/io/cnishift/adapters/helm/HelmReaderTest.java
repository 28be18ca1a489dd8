package io.cnishift.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.kubernetes.FakeApiServer;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.port.Reading;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HelmReaderTest {

    private static final String SECRETS = "/api/v1/secrets";

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesSide side = new KubernetesSide(
            ConnectionSettings.none(),
            new Environment(Map.of()),
            () -> new ApiServer(server.url(), ""),
            () -> () -> "token",
            new FakeTime(),
            new CallMetrics());

    @AfterEach
    void close() {
        side.close();
        server.close();
    }

    @Test
    void readsTheNewestRevision() throws IOException {
        server.list(SECRETS, "Secret", List.of(secret(3, "failed"), secret(2, "deployed")));

        Reading reading = read();

        assertThat(reading.resources())
                .containsExactly(new Release(
                        "kube-system",
                        "aws-lbc",
                        "aws-load-balancer-controller",
                        "1.14.0",
                        "failed",
                        3,
                        Map.of(
                                "replicaCount",
                                2,
                                "vpcId",
                                "vpc-1",
                                "admin",
                                Map.of("password", "(hidden)", "secretName", "tls", "tokenTtl", 5),
                                "env",
                                List.of(
                                        Map.of("name", "DB_PASSWORD", "value", "(hidden)"),
                                        Map.of("name", "MODE", "value", "plain")),
                                "tls",
                                Map.of("key", "(hidden)", "taint", Map.of("key", "dedicated")))));
        assertThat(server.seen(SECRETS).get(0).query()).containsEntry("labelSelector", "owner=helm,status!=superseded");
    }

    @Test
    void aReleaseThatIsNotUnderstoodIsAGap() {
        server.list(
                SECRETS,
                "Secret",
                List.of(Map.of(
                        "type", "helm.sh/release.v1",
                        "metadata", Map.of("namespace", "a", "name", "sh.helm.release.v1.x.v1"),
                        "data", Map.of("release", "bm9uc2Vuc2U="))));

        Reading reading = read();

        assertThat(reading.resources()).isEmpty();
        assertThat(reading.unknown().get(0).subject()).isEqualTo("a/sh.helm.release.v1.x.v1");
    }

    @Test
    void passesOverSecretsOfOtherKinds() {
        server.list(SECRETS, "Secret", List.of(Map.of("type", "Opaque", "metadata", Map.of("name", "x"))));
        assertThat(read().unknown()).isEmpty();
    }

    @Test
    void asksNothingForOtherParts() {
        new HelmReader(side.api()).read(Set.of(Part.PODS));
        assertThat(server.seen()).isEmpty();
    }

    private Reading read() {
        return new HelmReader(side.api()).read(Set.of(Part.RELEASES));
    }

    private static Map<String, Object> secret(int revision, String status) throws IOException {
        Map<String, Object> release = Map.of(
                "name",
                "aws-lbc",
                "namespace",
                "kube-system",
                "version",
                revision,
                "info",
                Map.of("status", status),
                "chart",
                Map.of("metadata", Map.of("name", "aws-load-balancer-controller", "version", "1.14.0")),
                "config",
                Map.of(
                        "replicaCount",
                        2,
                        "vpcId",
                        "vpc-1",
                        "admin",
                        Map.of("password", "hunter2", "secretName", "tls", "tokenTtl", 5),
                        "env",
                        List.of(
                                Map.of("name", "DB_PASSWORD", "value", "hunter2"),
                                Map.of("name", "MODE", "value", "plain")),
                        "tls",
                        Map.of("key", "LS0tLS1CRUdJTi".repeat(9), "taint", Map.of("key", "dedicated"))));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Serialization.asJson(release).getBytes(StandardCharsets.UTF_8));
        }
        byte[] once = Base64.getEncoder().encode(bytes.toByteArray());
        return Map.of(
                "type", "helm.sh/release.v1",
                "metadata", Map.of("namespace", "kube-system", "name", "sh.helm.release.v1.aws-lbc.v" + revision),
                "data", Map.of("release", Base64.getEncoder().encodeToString(once)));
    }
}
