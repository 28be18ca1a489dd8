package io.cnishift.strategy.newcluster;

/** Copies the authority that signs the certificates of a mesh to the second cluster, before its Cilium would make one of its own. */
record CarryAuthority() {}
