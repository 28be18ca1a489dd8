package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;

/** What a strategy costs that replaces no node, before anything is rehearsed. */
final class Estimate {

    private Estimate() {}

    /** Nothing replaced, nothing restarted. */
    static Assessment.Disruption none() {
        return new Assessment.Disruption(0, 0, 0);
    }

    /** Nothing paid. */
    static Assessment.Cost free() {
        return new Assessment.Cost(0, 0);
    }
}
