package io.cnishift.it.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cnishift.it.Kubeconfig;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Answers GET with given lists, page by page, and objects of the core and other groups; everything else is an empty list or
 * not found. The first continue token of a list has expired, as those of a busy server do.
 */
final class FakeApiServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Map<String, Object>> answers = new TreeMap<>();
    private final Map<String, List<Map<String, Object>>> lists = new TreeMap<>();
    private final Map<String, String> kinds = new TreeMap<>();
    private final Set<String> forbidden = new TreeSet<>();
    private final Set<String> sentBack = new TreeSet<>();
    private final Set<String> expired = new TreeSet<>();

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
        lists.put(path, items);
        kinds.put(path, kind);
        return this;
    }

    /** Fails there, and sends back the credentials that it was sent. */
    FakeApiServer sendsBack(String path) {
        sentBack.add(path);
        return this;
    }

    FakeApiServer forbids(String path) {
        forbidden.add(path);
        return this;
    }

    Path kubeconfig(Path folder) {
        return Kubeconfig.in(folder, "server: \"" + url() + "\"", "not-a-secret");
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        int from = number(query, "continue", 0);
        if (forbidden.contains(path)) {
            status(exchange, 403, "Forbidden");
        } else if (sentBack.contains(path)) {
            String heard = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            send(
                    exchange,
                    403,
                    Map.of("kind", "Status", "reason", "Forbidden", "message", "not with " + heard, "code", 403));
        } else if (answers.containsKey(path)) {
            send(exchange, 200, answers.get(path));
        } else if (!lists.containsKey(path) && !path.matches("/(api/v1|apis/[^/]+/[^/]+)/[^/]+")) {
            status(exchange, 404, "NotFound");
        } else if (from > 0 && expired.add(path)) {
            status(exchange, 410, "Expired");
        } else {
            send(exchange, 200, page(path, from, number(query, "limit", Integer.MAX_VALUE)));
        }
    }

    private Map<String, Object> page(String path, int from, int limit) {
        List<Map<String, Object>> items = lists.getOrDefault(path, List.of());
        int to = (int) Math.min(items.size(), (long) from + limit);
        return Map.of(
                "kind",
                kinds.getOrDefault(path, "") + "List",
                "apiVersion",
                "v1",
                "metadata",
                to < items.size() ? Map.of("continue", Integer.toString(to)) : Map.of(),
                "items",
                items.subList(from, to));
    }

    private static int number(String query, String name, int otherwise) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> Integer.parseInt(pair.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }

    private static void status(HttpExchange exchange, int code, String reason) throws IOException {
        send(exchange, code, Map.of("kind", "Status", "reason", reason, "message", reason, "code", code));
    }

    private static void send(HttpExchange exchange, int code, Map<String, Object> body) throws IOException {
        byte[] bytes = Serialization.asJson(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
