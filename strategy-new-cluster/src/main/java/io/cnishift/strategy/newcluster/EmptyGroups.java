package io.cnishift.strategy.newcluster;

import java.util.List;

/** Lets node groups of the first cluster have no nodes. */
record EmptyGroups(List<String> groups) {
    EmptyGroups {
        groups = List.copyOf(groups);
    }
}
