package io.cnishift.strategy.newcluster;

import java.util.List;

/** Gives the second cluster target groups of its own to which load balancers of the first one can forward. */
record MakeTargets(List<TargetFront> fronts) {

    /** The id of the step, in which others find what it made. */
    static final String STEP = "make-targets";

    MakeTargets {
        fronts = List.copyOf(fronts);
    }
}
