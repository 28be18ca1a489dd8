package io.cnishift.strategy.chaining;

/** Chaining has no options yet. */
record NoOptions() {}
