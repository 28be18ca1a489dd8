package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.KubeWorld;
import io.cnishift.simulator.world.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** The healthy cluster behind its front, whose clock stands still, and a client. */
final class Served implements AutoCloseable {
    static final String TOKEN = "let-me";
    static final String JSON = "application/json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    final KubeWorld world = KubeWorld.healthy();
    private final Codec codec = Codec.builder().build();
    private final Front front;
    private final HttpClient client = HttpClient.newHttpClient();

    Served() {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            front = Front.open(
                    world.kernel, nothingElse().world(), new Front.Settings(anywhere, TOKEN, new Standing(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Neither AWS nor Helm. */
    private static Simulation nothingElse() {
        return Simulation.open(Clusters.healthy(), new WorldFactory.Settings(1, Map.of()), List.of());
    }

    /** A wall without a clock. */
    private static final class Standing implements TimeSource {
        @Override
        public Instant now() {
            return Clusters.TAKEN_AT;
        }

        @Override
        public void await(Instant until) {
            throw new UnsupportedOperationException();
        }
    }

    /** What was answered. */
    record Answer(int code, Map<String, Object> body, Map<String, List<String>> headers) {
        String text(String... path) {
            return Tree.text(body, path).orElse("");
        }

        List<String> names() {
            return Tree.maps(body, "items").stream()
                    .map(i -> Tree.text(i, "metadata", "name").orElse(""))
                    .toList();
        }

        List<Map<String, Object>> causes() {
            return Tree.maps(body, "details", "causes");
        }
    }

    Answer get(String path) {
        return send("GET", path, "", "");
    }

    /** Asks for tables as kubectl does. */
    Answer table(String path) {
        return sent(request(path)
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                .build());
    }

    /** Asks for another form than JSON only. */
    Answer accepting(String type, String path) {
        return sent(request(path).header("Accept", type).build());
    }

    Answer post(String path, Map<String, Object> body) {
        return send("POST", path, JSON, json(body));
    }

    Answer put(String path, Map<String, Object> body) {
        return send("PUT", path, JSON, json(body));
    }

    Answer patch(String path, String type, String body) {
        return send("PATCH", path, type, body);
    }

    Answer delete(String path, String body) {
        return send("DELETE", path, JSON, body);
    }

    Answer clock(String method, String query, String token) {
        HttpRequest request = HttpRequest.newBuilder(front.url().resolve("/cnishift/clock" + query))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.noBody())
                .build();
        return sent(request);
    }

    /** Sends the bodies all at once; the codes, in no order that means anything. */
    List<Integer> putAtOnce(String path, List<Map<String, Object>> bodies) {
        return bodies.stream()
                .map(body -> client.sendAsync(
                        request(path)
                                .header("Content-Type", JSON)
                                .PUT(BodyPublishers.ofString(json(body)))
                                .build(),
                        BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(answer -> answer.join().statusCode())
                .toList();
    }

    Answer send(String method, String path, String type, String body) {
        return sent(request(path)
                .header("Content-Type", type.isEmpty() ? JSON : type)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    private Answer sent(HttpRequest request) {
        var response = waitedFor(() -> client.send(request, BodyHandlers.ofString()));
        return new Answer(
                response.statusCode(), tree(response.body()), response.headers().map());
    }

    /** Asks for a WebSocket, and gives the code of the answer that is none. */
    int upgraded(String path) {
        URI uri = URI.create(front.url().toString().replaceFirst("http", "ws") + path);
        try {
            client.newWebSocketBuilder()
                    .buildAsync(uri, new WebSocket.Listener() {})
                    .join();
            throw new AssertionError("there is a WebSocket");
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    /** Begins a watch. */
    Events watch(String path) {
        HttpRequest request = request(path).build();
        return new Events(
                waitedFor(() -> client.send(request, BodyHandlers.ofLines())).body());
    }

    /** The events of a watch, as they come. */
    final class Events implements AutoCloseable {
        private final Stream<String> lines;
        private final Iterator<String> iterator;

        Events(Stream<String> lines) {
            this.lines = lines;
            iterator = lines.iterator();
        }

        Map<String, Object> next() {
            return tree(iterator.next());
        }

        /** The next ones as {@code TYPE name}. */
        List<String> next(int count) {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Map<String, Object> event = next();
                told.add(Tree.text(event, "type").orElse("") + " "
                        + Tree.text(event, "object", "metadata", "name").orElse(""));
            }
            return told;
        }

        boolean over() {
            return !iterator.hasNext();
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(front.url() + path.replace(" ", "%20")))
                .header("User-Agent", "tester/1");
    }

    private interface Sending<T> {
        T send() throws IOException, InterruptedException;
    }

    private static <T> T waitedFor(Sending<T> sending) {
        try {
            return sending.send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String json(Map<String, Object> body) {
        return codec.text(Object.class, body, Format.JSON_LINE, Style.RESULT);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> tree(String json) {
        return (Map<String, Object>)
                codec.read(Object.class, Source.text("answer", json)).value().orElseThrow();
    }

    static Map<String, Object> configMap(String name, Map<String, Object> data) {
        return Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", name), "data", data);
    }

    @Override
    public void close() {
        front.close();
    }
}
