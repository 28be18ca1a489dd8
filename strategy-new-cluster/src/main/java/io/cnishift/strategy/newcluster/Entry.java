package io.cnishift.strategy.newcluster;

import java.util.Objects;

/**
 * A DNS name by which clients come to the first cluster.
 *
 * @param zone id of its hosted zone
 * @param type of the record: A, AAAA or CNAME
 * @param front whose load balancer it leads to, in both clusters: {@code Ingress/namespace/name} or {@code Service/namespace/name}
 */
record Entry(String zone, String name, String type, String front) {
    Entry {
        Objects.requireNonNull(zone);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(front);
    }
}
