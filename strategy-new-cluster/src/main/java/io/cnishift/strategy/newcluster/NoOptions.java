package io.cnishift.strategy.newcluster;

/** The new cluster has no options yet. */
record NoOptions() {}
