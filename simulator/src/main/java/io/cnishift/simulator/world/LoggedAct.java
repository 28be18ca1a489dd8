package io.cnishift.simulator.world;

import io.cnishift.api.act.Act;
import io.cnishift.api.plan.Executor;
import java.time.Instant;
import java.util.Objects;

/**
 * An act on a simulated cluster, as it is kept for replay.
 *
 * @param at virtual time at which it was performed
 * @param events how many events of the world had run by then
 * @param by who performs it; an owner does it later
 */
record LoggedAct(Instant at, long events, Executor by, Act act) {

    LoggedAct {
        Objects.requireNonNull(at);
        Objects.requireNonNull(by);
        Objects.requireNonNull(act);
    }
}
