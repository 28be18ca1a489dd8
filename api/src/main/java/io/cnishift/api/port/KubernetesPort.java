package io.cnishift.api.port;

/** The Kubernetes API of the cluster. */
public interface KubernetesPort extends Port {}
