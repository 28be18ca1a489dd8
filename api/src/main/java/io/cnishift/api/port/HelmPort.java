package io.cnishift.api.port;

/** Helm releases in the cluster. */
public interface HelmPort extends Port {}
