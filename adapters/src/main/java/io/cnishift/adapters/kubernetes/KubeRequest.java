package io.cnishift.adapters.kubernetes;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One request to an API server.
 *
 * @param pathAndQuery from the first slash on
 */
record KubeRequest(String method, String pathAndQuery, Optional<Body> body, boolean namesOnly) {

    /** What is sent, as a tree that is written as JSON. */
    record Body(String contentType, Map<String, Object> tree) {
        Body {
            Objects.requireNonNull(contentType);
            Objects.requireNonNull(tree);
        }
    }

    KubeRequest {
        Objects.requireNonNull(method);
        Objects.requireNonNull(pathAndQuery);
        Objects.requireNonNull(body);
    }

    static KubeRequest get(String pathAndQuery) {
        return new KubeRequest("GET", pathAndQuery, Optional.empty(), false);
    }

    /** Of the objects their metadata alone; a server that cannot do that sends them whole. */
    static KubeRequest names(String pathAndQuery) {
        return new KubeRequest("GET", pathAndQuery, Optional.empty(), true);
    }

    static KubeRequest of(String method, String pathAndQuery, String contentType, Map<String, Object> tree) {
        return new KubeRequest(method, pathAndQuery, Optional.of(new Body(contentType, tree)), false);
    }

    boolean reads() {
        return body.isEmpty();
    }
}
