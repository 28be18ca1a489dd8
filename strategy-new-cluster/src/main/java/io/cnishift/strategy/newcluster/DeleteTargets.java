package io.cnishift.strategy.newcluster;

import java.util.List;

/** Deletes the target groups that were made for the second cluster, once no load balancer forwards to them. */
record DeleteTargets(List<TargetFront> fronts) {
    DeleteTargets {
        fronts = List.copyOf(fronts);
    }
}
