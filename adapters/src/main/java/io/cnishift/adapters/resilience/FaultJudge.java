package io.cnishift.adapters.resilience;

import java.util.Optional;

/** Tells what an exception of one client library means. */
@FunctionalInterface
public interface FaultJudge {

    /** The fault; empty when it is no failure of the API but a defect, which must stay visible as such. */
    Optional<Fault> judge(Operation operation, RuntimeException failure);
}
