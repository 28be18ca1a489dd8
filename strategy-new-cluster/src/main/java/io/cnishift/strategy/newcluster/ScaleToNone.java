package io.cnishift.strategy.newcluster;

import java.util.List;

/** Lets workloads of the first cluster have no pods; {@code Kind/namespace/name}. */
record ScaleToNone(List<String> workloads) {
    ScaleToNone {
        workloads = List.copyOf(workloads);
    }
}
