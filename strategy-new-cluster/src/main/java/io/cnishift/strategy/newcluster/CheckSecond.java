package io.cnishift.strategy.newcluster;

import java.util.List;

/**
 * Looks whether the second cluster is still fit to take what these namespaces hold.
 */
record CheckSecond(List<String> namespaces) {
    CheckSecond {
        namespaces = List.copyOf(namespaces);
    }
}
