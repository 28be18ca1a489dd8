package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.Config;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpTransportTest {

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpTransport transport() {
        Config config = Config.empty();
        config.setMasterUrl(server.url());
        config.setRequestTimeout(200);
        config.setRequestRetryBackoffLimit(0);
        return KubernetesSide.connect(config);
    }

    @Test
    void aConnectionThatDiesInTheMiddleOfAnAnswerHoldsNobody() {
        server.stall("GET /api/v1/pods").stall("PATCH /api/v1/nodes/one");
        try (HttpTransport transport = transport()) {
            for (KubeRequest request : List.of(
                    KubeRequest.get("/api/v1/pods"),
                    KubeRequest.of("PATCH", "/api/v1/nodes/one", "application/merge-patch+json", Map.of()))) {
                assertThatExceptionOfType(KubeFailure.class)
                        .isThrownBy(() -> transport.send(request))
                        .matches(e -> e.status() == KubeFailure.NO_ANSWER && e.mayHaveArrived());
            }
        }
    }

    @Test
    void whereNobodyListensNothingHasArrived() {
        server.close();
        try (HttpTransport transport = transport()) {
            assertThatExceptionOfType(KubeFailure.class)
                    .isThrownBy(() -> transport.send(KubeRequest.get("/api/v1/pods")))
                    .matches(e -> !e.mayHaveArrived())
                    .withMessageContaining(" at " + server.url());
        }
    }

    @Test
    void linesArePutTogetherHoweverTheyAreCut() {
        List<String> heard = new ArrayList<>();
        Lines lines = new Lines(line -> heard.add(new String(line, StandardCharsets.UTF_8)));
        for (String piece : List.of("{\"a\"", ":\"ä\"}\n{", "}\n\n", "{\"late\":")) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            ByteBuffer first = ByteBuffer.wrap(bytes, 0, bytes.length / 2);
            ByteBuffer second = ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
            lines.take(List.of(first, second));
        }
        assertThat(heard).containsExactly("{\"a\":\"ä\"}", "{}");
    }
}
