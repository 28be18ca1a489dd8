package io.cnishift.adapters.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An API server of given lists and objects, with real pages. Lists that it was not given are empty. */
public final class FakeApiServer implements AutoCloseable {

    /** A request that came in. */
    public record Seen(String path, Map<String, String> query, Map<String, List<String>> headers) {}

    private record Fault(int code, String body) {}

    private final HttpServer server;
    private final Map<String, List<Map<String, Object>>> lists = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<String, Map<String, Object>> objects = new HashMap<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final List<Seen> seen = new ArrayList<>();

    public FakeApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
        objects.put("/apis", Map.of("kind", "APIGroupList", "groups", List.of()));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A list of objects; kind is that of one of them. */
    public FakeApiServer list(String path, String kind, List<Map<String, Object>> items) {
        lists.put(path, items);
        kinds.put(path, kind);
        return this;
    }

    public FakeApiServer object(String path, Map<String, Object> object) {
        objects.put(path, object);
        return this;
    }

    /** Serves a custom resource, also in discovery. */
    public synchronized FakeApiServer custom(
            String group, String version, String plural, String kind, List<Map<String, Object>> items) {
        List<Object> groups = new ArrayList<>(
                (List<?>) objects.getOrDefault("/apis", Map.of()).get("groups"));
        groups.add(Map.of("name", group, "preferredVersion", Map.of("version", version)));
        objects.put("/apis", Map.of("kind", "APIGroupList", "groups", groups));
        String path = "/apis/" + group + "/" + version;
        List<Object> resources = new ArrayList<>((List<?>)
                objects.getOrDefault(path, Map.of("resources", List.of())).get("resources"));
        resources.add(Map.of("name", plural));
        objects.put(path, Map.of("kind", "APIResourceList", "resources", resources));
        return list(path + "/" + plural, kind, items);
    }

    /** Answers the next request for that path (or path and continue token, {@code PATH#TOKEN}) with a Status. */
    public FakeApiServer failing(String path, int code, String reason, String message) {
        String body =
                Serialization.asJson(Map.of("kind", "Status", "code", code, "reason", reason, "message", message));
        faults.computeIfAbsent(path, p -> new ArrayDeque<>()).add(new Fault(code, body));
        return this;
    }

    public FakeApiServer failingWithText(String path, int code, String text) {
        faults.computeIfAbsent(path, p -> new ArrayDeque<>()).add(new Fault(code, text));
        return this;
    }

    /** Requests so far, oldest first. */
    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Requests for that path so far. */
    public List<Seen> seen(String path) {
        return seen().stream().filter(s -> s.path().equals(path)).toList();
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        seen.add(new Seen(path, query, Map.copyOf(exchange.getRequestHeaders())));
        Deque<Fault> waiting = faults.getOrDefault(
                path + (query.containsKey("continue") ? "#" + query.get("continue") : ""), new ArrayDeque<>());
        if (!waiting.isEmpty()) {
            Fault fault = waiting.removeFirst();
            JsonAnswer.send(exchange, fault.code(), fault.body());
        } else if (objects.containsKey(path)) {
            JsonAnswer.send(exchange, 200, Serialization.asJson(objects.get(path)));
        } else if (lists.containsKey(path) || path.matches("/(api/v1|apis/[^/]+/[^/]+)/[^/]+")) {
            JsonAnswer.send(exchange, 200, Serialization.asJson(page(path, query)));
        } else {
            JsonAnswer.send(exchange, 404, "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"message\":\"not found\"}");
        }
    }

    private Map<String, Object> page(String path, Map<String, String> query) {
        List<Map<String, Object>> items = lists.getOrDefault(path, List.of());
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        int to = Math.min(items.size(), from + Integer.parseInt(query.getOrDefault("limit", "1000")));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("kind", kinds.getOrDefault(path, "Thing") + "List");
        page.put("apiVersion", "v1");
        page.put("metadata", to < items.size() ? Map.of("continue", Integer.toString(to)) : Map.of());
        page.put("items", items.subList(from, to));
        return page;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] both = pair.split("=", 2);
                query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
