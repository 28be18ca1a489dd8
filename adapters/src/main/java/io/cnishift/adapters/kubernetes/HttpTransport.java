package io.cnishift.adapters.kubernetes;

import io.cnishift.api.cluster.Tree;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests over fabric8's HTTP client, which brings authentication, impersonation, proxy and TLS of a kubeconfig. An answer is
 * taken in whole before it is parsed, so that the time limit covers all of it: a connection that dies half way would else hold
 * its reader for ever. One that does not end is parsed line by line.
 */
final class HttpTransport implements KubeTransport, KubeStreams, AutoCloseable {

    private static final int LONGEST_ERROR = 64 * 1024;

    private final HttpClient client;
    private final String server;
    private static final String NAMES =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    private final long timeoutMillis;
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    /**
     * A transport.
     *
     * @param server URL of the API server; a path in it is kept
     */
    HttpTransport(HttpClient client, String server, long timeoutMillis) {
        this.client = client;
        this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public Map<String, Object> send(KubeRequest request) {
        // A page of a list may be large and the way long.
        long millis = request.reads() ? 2 * timeoutMillis : timeoutMillis;
        HttpRequest.Builder builder = client.newHttpRequestBuilder()
                .uri(server + request.pathAndQuery())
                .header("Accept", request.namesOnly() ? NAMES : "application/json")
                .timeout(millis, TimeUnit.MILLISECONDS);
        request.body()
                .ifPresent(body ->
                        builder.method(request.method(), body.contentType(), serialization.asJson(body.tree())));
        HttpResponse<byte[]> response = answer(client.sendAsync(builder.build(), byte[].class), millis);
        byte[] body = response.body() == null ? new byte[0] : response.body();
        if (!response.isSuccessful()) {
            throw failure(response.code(), body);
        }
        Map<String, Object> tree = tree(body);
        if (failed(tree)) {
            throw KubeFailure.of(response.code(), tree);
        }
        return tree;
    }

    /** An eviction that meets two budgets gets a Status of failure as if it were the object that was made. */
    private static boolean failed(Map<String, Object> tree) {
        return Tree.text(tree, "kind").filter("Status"::equals).isPresent()
                && Tree.text(tree, "status").filter("Failure"::equals).isPresent();
    }

    private <T> HttpResponse<T> answer(CompletableFuture<HttpResponse<T>> future, long millis) {
        try {
            return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unanswered(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new KubeFailure(
                    KubeFailure.NO_ANSWER, "", "no answer of " + server + " within " + millis / 1000 + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubeFailure(KubeFailure.NO_ANSWER, "", "interrupted", e);
        }
    }

    private KubeFailure unanswered(Throwable failure) {
        String said = failure.getClass().getSimpleName()
                + Optional.ofNullable(failure.getMessage()).map(m -> ": " + m).orElse("");
        return new KubeFailure(KubeFailure.NO_ANSWER, "", said + " at " + server, failure);
    }

    @Override
    public Stream open(String pathAndQuery, Executor turn, Listener listener) {
        HttpRequest request = client.newHttpRequestBuilder()
                .uri(server + pathAndQuery)
                .header("Accept", "application/json")
                .forStreaming()
                .build();
        Lines lines = new Lines(line -> listener.document(tree(line)));
        CompletableFuture<HttpResponse<AsyncBody>> answer = client.consumeBytes(
                request,
                (buffers, body) -> turn.execute(() -> {
                    try {
                        lines.take(buffers);
                        body.consume();
                    } catch (KubeFailure broken) {
                        body.cancel();
                        listener.ended(Optional.of(broken));
                    }
                }));
        CompletableFuture<HttpResponse<AsyncBody>> unused = answer.whenComplete((response, failure) -> {
            if (failure != null) {
                turn.execute(() -> listener.ended(Optional.of(unanswered(failure))));
            } else if (!response.isSuccessful()) {
                response.body().cancel();
                turn.execute(() -> listener.ended(
                        Optional.of(new KubeFailure(response.code(), "", "HTTP " + response.code(), null))));
            } else {
                turn.execute(listener::opened);
                follow(response.body(), turn, listener);
            }
        });
        return () -> {
            boolean early = answer.cancel(true);
            if (!early && !answer.isCompletedExceptionally()) {
                answer.join().body().cancel();
            }
        };
    }

    private void follow(AsyncBody body, Executor turn, Listener listener) {
        CompletableFuture<Void> unused = body.done()
                .whenComplete((nothing, failure) -> turn.execute(
                        () -> listener.ended(Optional.ofNullable(failure).map(this::unanswered))));
        body.consume();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> tree(byte[] json) {
        try {
            Map<String, Object> tree = serialization.unmarshal(new ByteArrayInputStream(json), Map.class);
            return tree == null ? Map.of() : tree;
        } catch (RuntimeException e) {
            // A connection that breaks half way and an answer that is no JSON look alike here; both may pass.
            throw KubeFailure.garbled(e);
        }
    }

    private KubeFailure failure(int code, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, LONGEST_ERROR), StandardCharsets.UTF_8);
        return text.stripLeading().startsWith("{")
                ? KubeFailure.of(code, tree(body))
                : new KubeFailure(code, "", "HTTP " + code, null);
    }

    @Override
    public void close() {
        client.close();
    }
}
