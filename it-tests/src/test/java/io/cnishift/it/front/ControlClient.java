package io.cnishift.it.front;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import io.cnishift.simulator.front.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Speaks with the control endpoint of a front. */
final class ControlClient {
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Codec codec = Told.codec();
    private final URI front;
    private final String token;

    ControlClient(URI front, String token) {
        this.front = front;
        this.token = token;
    }

    /** The endpoint did not do what it was asked for. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Unanswered(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** The time, and what of what is watched has changed until then. */
    record Moment(Instant now, Told changes) {}

    Instant now() {
        return Instant.parse(Tree.text(call("GET", "clock", "", ""), "now").orElseThrow());
    }

    /** Lets that much time pass, such as 90s. */
    void advance(String time) {
        call("POST", "clock", "?advance=" + time, "");
    }

    void runUntil(Instant until) {
        call("POST", "clock", "?until=" + until, "");
    }

    /** Lets time pass until then, or until something of what is watched has changed. */
    Moment await(Instant until) {
        Map<String, Object> clock = call("POST", "clock", "?await=" + until, "");
        return new Moment(
                Instant.parse(Tree.text(clock, "now").orElseThrow()),
                value(Told.class, Objects.requireNonNull(clock.get("changes"))));
    }

    /** From now on, and until the next one asks. */
    void watch(Collection<Part> parts) {
        call("POST", "watch", query(parts), "");
    }

    Told read(Collection<Part> parts) {
        return value(Told.class, call("POST", "read", query(parts), ""));
    }

    /** Sends a document there and reads the answer as another one. */
    <Q, A> A send(String where, Class<Q> type, Q question, Class<A> answer) {
        return value(answer, tree(where, type, question));
    }

    /** Sends a document there; the answer is a tree. */
    <Q> Map<String, Object> tree(String where, Class<Q> type, Q question) {
        return call("POST", where, "", codec.text(type, question, Format.JSON_LINE, Style.DOCUMENT));
    }

    /** What the world itself saw: violations, what it does not model, what was injected. */
    <T> List<T> world(String what, Class<T> type) {
        List<?> list =
                (List<?>) Objects.requireNonNull(call("GET", "world", "", "").get(what));
        return list.stream().map(item -> value(type, item)).toList();
    }

    /** What a tree in an answer is. */
    <T> T value(Class<T> type, Object tree) {
        return codec.fromTree(type, tree, "the control endpoint")
                .orElseThrow(problems -> new IllegalStateException(problems.toString()));
    }

    private static String query(Collection<Part> parts) {
        return "?parts=" + parts.stream().map(Part::toString).collect(Collectors.joining(","));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> call(String method, String where, String query, String body) {
        HttpRequest request = HttpRequest.newBuilder(front.resolve("/cnishift/" + where + query))
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new Unanswered(response.statusCode(), response.body());
            }
            return (Map<String, Object>) codec.read(Object.class, Source.text(where, response.body()))
                    .value()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
