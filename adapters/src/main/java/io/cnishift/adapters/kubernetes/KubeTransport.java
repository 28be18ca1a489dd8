package io.cnishift.adapters.kubernetes;

import java.util.Map;

/** Makes requests of an API server, one at a time and once each. */
@FunctionalInterface
interface KubeTransport {

    /**
     * The answer, as a tree.
     *
     * @throws KubeFailure when the answer is no success, or there is none
     */
    Map<String, Object> send(KubeRequest request);
}
