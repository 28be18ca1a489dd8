package io.cnishift.api.port;

/** The bounds of a run that does all. */
final class NoBounds implements Bounds {}
