package io.cnishift.simulator.front;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param path its segments, decoded
 * @param query the first value of each name
 * @param headers the first value of those that count, by lower-case name
 */
record ApiCall(String method, List<String> path, Map<String, String> query, Map<String, String> headers, String body) {

    private static final int LARGEST_BODY = 3 * 1024 * 1024;

    ApiCall {
        Objects.requireNonNull(method, "method");
        path = List.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    static ApiCall of(HttpExchange exchange, Bodies bodies) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw Refusals.coded(413, "Request entity too large: limit is " + LARGEST_BODY);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of("accept", "authorization", "content-type", "upgrade", "user-agent")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).ifPresent(v -> headers.put(name, v));
        }
        return new ApiCall(
                exchange.getRequestMethod(),
                Stream.of(exchange.getRequestURI().getRawPath().split("/", -1))
                        .filter(s -> !s.isEmpty())
                        .map(ApiCall::decoded)
                        .toList(),
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                text(body, headers, bodies));
    }

    /** The body as the text that all else reads; the few kinds that come in protobuf become JSON here. */
    private static String text(byte[] body, Map<String, String> headers, Bodies bodies) {
        Optional<Map<String, Object>> object =
                headers.getOrDefault("content-type", "").startsWith(Protobuf.MEDIA_TYPE)
                        ? Protobuf.read(body)
                        : Optional.empty();
        object.ifPresent(o -> headers.put("content-type", "application/json"));
        return object.map(bodies::line).orElseGet(() -> new String(body, StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                query.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusals.badRequest("the URL is malformed: " + e.getMessage());
        }
    }

    /** A parameter of the query; one without a value is none. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(v -> !v.isEmpty());
    }

    boolean flag(String name) {
        return parameter(name).filter(v -> v.equals("true") || v.equals("1")).isPresent();
    }

    OptionalLong number(String name) {
        Optional<String> text = parameter(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw Refusals.badRequest("invalid " + name + ": \"" + text.get() + "\" is no number");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The media type of the body, without parameters. */
    String contentType() {
        return header("content-type").replaceFirst(";.*", "").strip();
    }

    /** Who writes: the named field manager, or else what the client calls itself. */
    String manager() {
        String agent = header("user-agent").replaceFirst("/.*", "").strip();
        return parameter("fieldManager").orElse(agent.isEmpty() ? "unknown" : agent);
    }
}
