package io.cnishift.strategy.customnetworking;

/** A strategy without options. */
record NoOptions() {}
