package io.cnishift.strategy.newcluster;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Lets load balancers of the first cluster forward that share of their requests to the second one, and watches it there.
 *
 * @param percent of the requests
 * @param soak for which it is watched
 * @param urls asked in the second cluster meanwhile
 */
record ShiftTargets(List<TargetFront> fronts, int percent, Duration soak, List<String> urls) {
    ShiftTargets {
        fronts = List.copyOf(fronts);
        Objects.requireNonNull(soak);
        urls = List.copyOf(urls);
    }
}
