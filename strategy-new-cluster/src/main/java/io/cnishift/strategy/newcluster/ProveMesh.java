package io.cnishift.strategy.newcluster;

/**
 * Asks whether pods of each cluster reach a pod of the other one by its address. Behind a tunnel nothing but the mesh could have told their
 * nodes where that is. It says nothing of identities, by which policies admit.
 *
 * @param passes how often in a row
 * @param servers whether the other cluster's API server of the mesh is asked too, behind its load balancer: the VPC brings packets to a pod
 *     whether there is a mesh or not
 */
record ProveMesh(int passes, boolean servers) {}
