package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;

/** What replacing nodes costs, before anything is rehearsed. */
final class Estimate {

    /** Minutes that an extra node is paid for per replaced node: two to boot and join, five to drain. */
    private static final double MINUTES_PER_NODE = 7;

    private Estimate() {}

    /** Every node replaced, one extra at a time: each pod but those of DaemonSets moves once. */
    static Assessment.Disruption everyNode(View view, Fleet fleet) {
        long pods = view.pods().stream().filter(Pod::movesOn).count();
        return new Assessment.Disruption((int) pods, fleet.members().size(), 0);
    }

    /** The node-hours of that. */
    static Assessment.Cost oneExtraNode(Fleet fleet) {
        return new Assessment.Cost(fleet.members().size() * MINUTES_PER_NODE / 60, 1);
    }

    /** Nothing replaced, nothing restarted. */
    static Assessment.Disruption none() {
        return new Assessment.Disruption(0, 0, 0);
    }

    /** Nothing paid. */
    static Assessment.Cost free() {
        return new Assessment.Cost(0, 0);
    }
}
