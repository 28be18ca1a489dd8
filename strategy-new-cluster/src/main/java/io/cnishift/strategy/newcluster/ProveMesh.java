package io.cnishift.strategy.newcluster;

/**
 * Asks whether pods of each cluster reach a pod of the other one by its address, which nothing but the mesh could have told their nodes. It
 * says nothing of identities, by which policies admit.
 *
 * @param passes how often in a row
 */
record ProveMesh(int passes) {}
