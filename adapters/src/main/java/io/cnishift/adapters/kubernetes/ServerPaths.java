package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.kubernetes.ServerPaths.Look.Kind;
import java.util.Objects;

/**
 * The network as the API server sees it: it answers, and it makes requests of pods from where it also calls webhooks and
 * aggregated APIs. Source: Kubernetes API reference, connect proxy of pods; apimachinery pkg/util/proxy.
 */
public final class ServerPaths {

    private static final String UNREACHED = "error trying to reach service";

    private final KubeTransport transport;
    private final KubeApi api;

    ServerPaths(KubeTransport transport, KubeApi api) {
        this.transport = transport;
        this.api = api;
    }

    /** Asks for the version, which everybody who is known may see. */
    public void version() {
        api.discover("/version");
    }

    /**
     * What came of a request to a pod.
     *
     * @param said what was seen, in words
     */
    public record Look(Kind kind, String said) {

        /** How far it came. */
        public enum Kind {
            /** The pod answered, whatever it said. */
            ANSWERED,
            /** The API server tried, and it failed. */
            FAILED,
            /** The API server did not end its try in the time that we wait. */
            UNFINISHED,
            /** It did not try. */
            NOT_TRIED
        }

        public Look {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(said);
        }
    }

    /**
     * Lets the API server send a GET over TLS to a pod. Nothing is repeated, and no breaker counts it: a pod that is out of reach
     * says nothing of how well the API server is.
     */
    public Look pod(String namespace, String name, int port) {
        String path = "/api/v1/namespaces/" + namespace + "/pods/https:" + name + ":" + port + "/proxy/";
        try {
            transport.send(KubeRequest.get(path));
            return new Look(Kind.ANSWERED, "it answered");
        } catch (KubeFailure failure) {
            return of(failure, Objects.requireNonNullElse(failure.getMessage(), ""));
        }
    }

    private static Look of(KubeFailure failure, String said) {
        if (failure.isGarbled()) {
            return new Look(Kind.ANSWERED, "it answered");
        }
        if (failure.status() == KubeFailure.NO_ANSWER) {
            return new Look(failure.mayHaveArrived() ? Kind.UNFINISHED : Kind.NOT_TRIED, said);
        }
        int tried = said.indexOf(UNREACHED);
        if (tried >= 0) {
            return failed(said.substring(tried + UNREACHED.length()).replaceFirst("^: *", ""));
        }
        // About the pod as an object, and not from it: forbidden, or gone.
        boolean ofServer = failure.subject().equals("pods") || failure.status() == 401 || failure.status() == 429;
        return ofServer || failure.status() >= 500
                ? new Look(Kind.NOT_TRIED, KubeFaults.line(said))
                : new Look(Kind.ANSWERED, "it answered HTTP " + failure.status());
    }

    /** Who quarrels about TLS or HTTP is there. */
    private static Look failed(String how) {
        boolean there = how.contains("tls:")
                || how.contains("x509:")
                || how.contains("malformed HTTP")
                || how.contains("server gave HTTP response");
        String said = KubeFaults.line(how);
        return there ? new Look(Kind.ANSWERED, "it answered: " + said) : new Look(Kind.FAILED, said);
    }
}
