package io.cnishift.strategy.newcluster;

import java.util.List;

/**
 * What a person has done by then: the hold before it is there for that.
 *
 * @param whose what has roles whose trust policies the plan does not change
 */
record TrustByHand(List<String> whose) {

    /** The phase, which a plan that has it holds before. */
    static final String PHASE = "trust";

    TrustByHand {
        whose = List.copyOf(whose);
    }
}
