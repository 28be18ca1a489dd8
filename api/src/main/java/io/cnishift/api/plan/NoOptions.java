package io.cnishift.api.plan;

/** The options of a strategy that has none yet. */
public record NoOptions() {}
