package io.cnishift.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.kubernetes.FakeApiServer;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.cluster.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests grow with pages, never with nodes. */
final class RequestCountTest {

    @Test
    void asksTheApiServerNoMoreForTwoHundredNodesThanForTwo() {
        assertThat(requests(200)).isEqualTo(requests(2)).isLessThan(40);
    }

    private static long requests(int nodes) {
        CallMetrics metrics = new CallMetrics();
        try (FakeApiServer server = new FakeApiServer()
                        .list("/api/v1/nodes", "Node", nodes(nodes))
                        .list("/api/v1/pods", "Pod", pods(2 * nodes));
                KubernetesSide side = new KubernetesSide(
                        ConnectionSettings.none(),
                        new Environment(Map.of()),
                        () -> new ApiServer(server.url(), ""),
                        () -> () -> "token",
                        new FakeTime(),
                        metrics)) {
            assertThat(side.reader().read(EnumSet.allOf(Part.class)).resources())
                    .hasSize(3 * nodes);
        }
        return metrics.requests();
    }

    private static List<Map<String, Object>> nodes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("metadata", Map.of("name", "node-" + i)))
                .toList();
    }

    private static List<Map<String, Object>> pods(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of(
                        "metadata", Map.of("namespace", "shop", "name", "pod-" + i, "uid", "uid-" + i),
                        "spec", Map.of("nodeName", "node-" + i / 2)))
                .toList();
    }
}
