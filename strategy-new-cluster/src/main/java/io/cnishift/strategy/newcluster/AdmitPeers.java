package io.cnishift.strategy.newcluster;

import java.util.List;
import java.util.Objects;

/**
 * Makes a policy beside each NetworkPolicy of these namespaces that admits the pods of the other cluster.
 *
 * @param first name of the first cluster in the mesh
 * @param second name of the second one
 */
record AdmitPeers(String first, String second, List<String> namespaces) {
    AdmitPeers {
        Objects.requireNonNull(first);
        Objects.requireNonNull(second);
        namespaces = List.copyOf(namespaces);
    }
}
