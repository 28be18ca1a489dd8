package io.cnishift.strategy.newcluster;

import java.util.Objects;

/**
 * Deletes the first cluster, and IAM's knowledge of its issuer once EKS has agreed. The end of a run: with the cluster its lock and the copy of
 * its journal go.
 */
record DeleteFirst(String name) {
    DeleteFirst {
        Objects.requireNonNull(name);
    }
}
