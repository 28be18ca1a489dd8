package io.cnishift.adapters.guard;

import io.cnishift.adapters.reading.Lazy;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.TimeSource;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * Looks at web pages, and asks Prometheus. No thread waits for an answer. A page that does not answer is red; one whose name or
 * certificate this machine does not accept is unknown, for others may see it.
 */
final class WebLooks {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    /** Beyond the latency that is well, so that a slow answer is told from none. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final String API = "/api/v1/query";

    private final Lazy<HttpClient> client;
    private final TimeSource time;

    WebLooks(TimeSource time) {
        this.time = Objects.requireNonNull(time);
        this.client = new Lazy<>(() -> HttpClient.newBuilder()
                .connectTimeout(CONNECTS_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    }

    /** Asks for the page. */
    CompletableFuture<Look> page(Guard guard) {
        Instant asked = time.now();
        return client.get()
                .sendAsync(get(guard, guard.subject()), BodyHandlers.discarding())
                .thenApply(answer -> judge(guard, answer.statusCode(), Duration.between(asked, time.now())))
                .exceptionally(WebLooks::failed);
    }

    private static Look judge(Guard guard, int status, Duration took) {
        String answered = "answered " + status + " in " + took.toMillis() + " ms";
        if (!guard.expects(status)) {
            return Look.red(answered + ", not " + guard.status());
        }
        return took.compareTo(guard.latency()) > 0
                ? Look.red(answered + ", more than " + guard.latency().toMillis())
                : Look.green(answered);
    }

    /** Asks Prometheus for what its query is now. */
    CompletableFuture<Look> query(Guard guard) {
        String url = guard.subject().endsWith(API)
                ? guard.subject()
                : guard.subject().replaceAll("/+$", "") + API;
        String query = "?query=" + URLEncoder.encode(guard.query(), StandardCharsets.UTF_8);
        return client.get()
                .sendAsync(get(guard, url + query), BodyHandlers.ofString())
                .thenApply(WebLooks::judge)
                .exceptionally(e -> Look.unknown("Prometheus: " + failed(e).evidence()));
    }

    private static Look judge(HttpResponse<String> answer) {
        return PrometheusAnswer.judge(answer.statusCode(), answer.body());
    }

    private static HttpRequest get(Guard guard, String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(guard.latency().plus(GRACE))
                .header("User-Agent", "cnishift")
                .GET()
                .build();
    }

    private static Look failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String words =
                cause.getClass().getSimpleName() + (deepest.getMessage() == null ? "" : ": " + deepest.getMessage());
        boolean ours = deepest instanceof UnresolvedAddressException
                || deepest instanceof UnknownHostException
                || cause instanceof SSLException;
        return ours ? Look.unknown("cannot be asked from here: " + words) : Look.red("does not answer: " + words);
    }
}
