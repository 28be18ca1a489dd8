package io.cnishift.adapters.kubernetes;

import java.util.Map;

/** Fetches one path of an API server. */
@FunctionalInterface
interface KubeTransport {

    /**
     * The answer to GET, as a tree.
     *
     * @param pathAndQuery from the first slash on
     * @throws KubeFailure when the answer is no success
     */
    Map<String, Object> get(String pathAndQuery);
}
