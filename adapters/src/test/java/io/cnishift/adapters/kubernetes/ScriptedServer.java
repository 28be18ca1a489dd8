package io.cnishift.adapters.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An API server that answers each request as it was told to: what was said for METHOD and path, one after the other, the last
 * for ever. Watches are asked for by {@code WATCH path}. What nobody spoke of is not found.
 */
public final class ScriptedServer implements AutoCloseable {

    /** A request that came in. */
    public record Seen(String method, String path, String query, String contentType, Map<String, Object> body) {}

    /** How a request is answered. */
    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Seen> seen = new ArrayList<>();
    private final BlockingQueue<String> watched = new LinkedBlockingQueue<>();

    public ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        discovery("/api/v1", "configmaps ConfigMap true", "pods Pod true", "nodes Node false");
        discovery("/apis/apps/v1", "deployments Deployment true");
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Serves these resources: plural, kind, whether in namespaces. */
    public ScriptedServer discovery(String base, String... resources) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String resource : resources) {
            String[] words = resource.split(" ");
            entries.add(Map.of("name", words[0], "kind", words[1], "namespaced", words[2].equals("true")));
        }
        return answer("GET " + base, 200, Map.of("kind", "APIResourceList", "resources", entries));
    }

    public ScriptedServer answer(String request, int code, Map<String, Object> body) {
        return with(request, exchange -> JsonAnswer.send(exchange, code, Serialization.asJson(body)));
    }

    public ScriptedServer text(String request, int code, String body) {
        return with(request, exchange -> JsonAnswer.send(exchange, code, body));
    }

    /** A Status of failure, with causes as {@code TYPE MESSAGE}. */
    public ScriptedServer refuse(
            String request, int code, String reason, String message, String kind, String... causes) {
        return answer(request, code, status(code, reason, message, kind, causes));
    }

    public static Map<String, Object> status(int code, String reason, String message, String kind, String... causes) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String cause : causes) {
            String[] words = cause.split(" ", 2);
            all.add(Map.of("reason", words[0], "message", words[1], "field", words[1]));
        }
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("status", "Failure");
        status.put("reason", reason);
        status.put("message", message);
        status.put("details", Map.of("kind", kind, "causes", all));
        status.put("code", code);
        return status;
    }

    /** The connection breaks before an answer. */
    public ScriptedServer drop(String request) {
        return with(request, HttpExchange::close);
    }

    /** The answer begins and never ends. */
    public ScriptedServer stall(String request) {
        return with(request, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
    }

    /** A list at that version. */
    public ScriptedServer list(String path, String kind, String version, List<Map<String, Object>> items) {
        return answer(
                "GET " + path,
                200,
                Map.of(
                        "kind",
                        kind + "List",
                        "apiVersion",
                        "v1",
                        "metadata",
                        Map.of("resourceVersion", version),
                        "items",
                        items));
    }

    /** A watch that brings these events and then stays open. */
    public ScriptedServer watch(String path, Object... typesAndObjects) {
        return with("WATCH " + path, exchange -> begin(exchange, typesAndObjects));
    }

    /** A watch that the server ends after these events. */
    public ScriptedServer shortWatch(String path, Object... typesAndObjects) {
        return with("WATCH " + path, exchange -> {
            begin(exchange, typesAndObjects);
            exchange.close();
        });
    }

    private static void begin(HttpExchange exchange, Object... typesAndObjects) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < typesAndObjects.length; i += 2) {
            String line = Serialization.asJson(Map.of("type", typesAndObjects[i], "object", typesAndObjects[i + 1]))
                    .replace("\n", "");
            exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseBody().flush();
    }

    private synchronized ScriptedServer with(String request, Answer answer) {
        answers.computeIfAbsent(request, r -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** Requests so far by method and path, oldest first. */
    public synchronized List<Seen> seen(String method, String path) {
        return seen.stream()
                .filter(s -> s.method().equals(method) && s.path().equals(path))
                .toList();
    }

    /** The watches that were begun, as path and query; waits for the next one. */
    BlockingQueue<String> watched() {
        return watched;
    }

    private void serve(HttpExchange exchange) throws IOException {
        Answer answer = take(exchange);
        answer.give(exchange);
    }

    @SuppressWarnings("unchecked")
    private synchronized Answer take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        boolean watch = query.contains("watch=true");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(new Seen(
                exchange.getRequestMethod(),
                path,
                query,
                String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                body.isEmpty() ? Map.of() : Serialization.unmarshal(body, Map.class)));
        if (watch) {
            watched.add(path + "?" + query);
        }
        String request = (watch ? "WATCH" : exchange.getRequestMethod()) + " " + path;
        Deque<Answer> waiting = answers.getOrDefault(request, new ArrayDeque<>());
        if (waiting.isEmpty()) {
            return e -> JsonAnswer.send(e, 404, Serialization.asJson(status(404, "NotFound", "not found", "things")));
        }
        return waiting.size() == 1 ? waiting.getFirst() : waiting.removeFirst();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
