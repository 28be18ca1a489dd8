package io.cnishift.adapters.resilience;

import java.util.Objects;

/**
 * A kind of request.
 *
 * @param service whose limits apply: the IAM prefix of an AWS service, or {@code kubernetes}
 * @param name what it is called in metrics and messages
 * @param permission the IAM action, or verb and resource in the words of RBAC
 */
public record Operation(String service, String name, String permission) {

    /** The service name of the Kubernetes API. */
    public static final String KUBERNETES = "kubernetes";

    public Operation {
        Objects.requireNonNull(service);
        Objects.requireNonNull(name);
        Objects.requireNonNull(permission);
    }

    /**
     * An operation of an AWS API.
     *
     * @param prefix the IAM prefix, which is not always the SDK's name: {@code elasticloadbalancing}
     */
    public static Operation aws(String prefix, String action) {
        return new Operation(prefix, prefix + ":" + action, prefix + ":" + action);
    }

    /** A verb on a Kubernetes resource; a resource outside the core group carries its group: {@code nodepools.karpenter.sh}. */
    public static Operation kubernetes(String verb, String resource) {
        return new Operation(KUBERNETES, verb + " " + resource, verb + " " + resource);
    }

    @Override
    public String toString() {
        return name;
    }
}
