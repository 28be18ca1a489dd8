package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.resilience.Masked;
import io.cnishift.api.cluster.Tree;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests over fabric8's HTTP client, which brings authentication, impersonation, proxy and TLS of a kubeconfig. Answers are
 * parsed as they come in, so a page is never held as text.
 */
final class HttpTransport implements KubeTransport, AutoCloseable {

    private static final int LONGEST_ERROR = 64 * 1024;

    private final HttpClient client;
    private final String server;
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
    public Map<String, Object> get(String pathAndQuery) {
        HttpRequest request = client.newHttpRequestBuilder()
                .uri(server + pathAndQuery)
                .header("Accept", "application/json")
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .build();
        HttpResponse<InputStream> response = answer(client.sendAsync(request, InputStream.class));
        try (InputStream body = response.body()) {
            if (!response.isSuccessful()) {
                throw failure(response.code(), body);
            }
            return tree(body);
        } catch (IOException e) {
            throw new KubeFailure(KubeFailure.NO_ANSWER, "", said(e), e);
        }
    }

    private HttpResponse<InputStream> answer(CompletableFuture<HttpResponse<InputStream>> future) {
        try {
            return future.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KubeFailure(KubeFailure.NO_ANSWER, "", said(e.getCause() == null ? e : e.getCause()), e);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new KubeFailure(KubeFailure.NO_ANSWER, "", "no answer within " + timeoutMillis / 1000 + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubeFailure(KubeFailure.NO_ANSWER, "", "interrupted", e);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> tree(InputStream body) {
        try {
            Map<String, Object> tree = serialization.unmarshal(body, Map.class);
            return tree == null ? Map.of() : tree;
        } catch (RuntimeException e) {
            // A connection that breaks half way and an answer that is no JSON look alike here; both may pass.
            throw new KubeFailure(KubeFailure.NO_ANSWER, "", "the answer is no complete JSON document", e);
        }
    }

    private KubeFailure failure(int code, InputStream body) throws IOException {
        String text = new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
        if (!text.stripLeading().startsWith("{")) {
            return new KubeFailure(code, "", "HTTP " + code, null);
        }
        Map<String, Object> status = tree(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return new KubeFailure(
                code,
                Tree.text(status, "reason").orElse(""),
                Masked.text(Tree.text(status, "message").orElse("HTTP " + code)),
                null);
    }

    private static String said(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
