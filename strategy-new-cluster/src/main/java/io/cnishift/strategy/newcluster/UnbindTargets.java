package io.cnishift.strategy.newcluster;

import java.util.List;

/** Takes targets of the second cluster off load balancers of the first one, by which nobody comes any more. */
record UnbindTargets(List<TargetFront> fronts) {
    UnbindTargets {
        fronts = List.copyOf(fronts);
    }
}
