package io.cnishift.strategy.newcluster;

import java.util.List;

/** Suspends CronJobs in the first cluster, then lets them run in the second: none runs twice. {@code namespace/name}. */
record HandOverJobs(List<String> cronJobs) {
    HandOverJobs {
        cronJobs = List.copyOf(cronJobs);
    }
}
