package io.cnishift.it.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers GET with given lists and objects of the core and other groups; everything else is an empty list or not found. */
final class FakeApiServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Map<String, Object>> answers = new TreeMap<>();

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeApiServer with(String path, Map<String, Object> answer) {
        answers.put(path, answer);
        return this;
    }

    FakeApiServer list(String path, String kind, List<Map<String, Object>> items) {
        return with(path, Map.of("kind", kind + "List", "apiVersion", "v1", "metadata", Map.of(), "items", items));
    }

    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test}}]
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {token: not-a-secret}}]
                """.formatted(url()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, Object> found = answers.get(path);
        boolean list = found == null && path.matches("/(api/v1|apis/[^/]+/[^/]+)/[^/]+");
        String body = found != null
                ? Serialization.asJson(found)
                : list
                        ? "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}"
                        : "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"message\":\"not found\",\"code\":404}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(found != null || list ? 200 : 404, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
