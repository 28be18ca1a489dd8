package io.cnishift.engine.run;

import io.cnishift.api.cluster.Change;
import java.time.Instant;

/** Told of every change that a view takes, once it has taken it. */
@FunctionalInterface
interface ChangeSink {

    void accept(Change change, Instant at);
}
