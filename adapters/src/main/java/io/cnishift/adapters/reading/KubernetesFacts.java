package io.cnishift.adapters.reading;

import java.util.Map;

/**
 * What AWS does not know about a cluster and only its API server tells. Implementations may answer from memory.
 *
 * <p>Both throw {@link io.cnishift.adapters.resilience.CallFailure} when the API server does not tell.
 */
public interface KubernetesFacts {

    /** UID of namespace kube-system: the cluster's identity. */
    String kubeSystemUid();

    /** The Service ({@code namespace/name}) behind each target group that a TargetGroupBinding names, by ARN. */
    Map<String, String> boundTargetGroups();
}
