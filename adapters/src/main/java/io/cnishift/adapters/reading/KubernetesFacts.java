package io.cnishift.adapters.reading;

import java.util.Map;
import java.util.Optional;

/**
 * What AWS does not know about a cluster and only its API server tells. Implementations may answer from memory.
 *
 * <p>All throw {@link io.cnishift.adapters.resilience.CallFailure} when the API server does not tell.
 */
public interface KubernetesFacts {

    /** UID of namespace kube-system: the cluster's identity. */
    String kubeSystemUid();

    /** The Service ({@code namespace/name}) behind each target group that a TargetGroupBinding names, by ARN. */
    Map<String, String> boundTargetGroups();

    /** The API server, where it is reached without the help of EKS; empty where EKS has to say first where it is. */
    default Optional<Server> server() {
        return Optional.empty();
    }

    /**
     * What an API server tells of itself.
     *
     * @param url where it is reached
     * @param version of Kubernetes, as {@code 1.33}
     */
    record Server(String url, String version) {}
}
