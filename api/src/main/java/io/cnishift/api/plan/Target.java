package io.cnishift.api.plan;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import java.util.Objects;

/**
 * The cluster a plan is for; the plan is refused on any other, whatever its name.
 *
 * @param source where the snapshot came from: {@code sim:NAME}, {@code eks:NAME} or a file; {@code new:NAME} when the plan makes it
 * @param kubeSystemUid UID of the namespace kube-system, which no two clusters share; empty for one that the plan makes
 */
public record Target(String source, String name, String account, String arn, String region, String kubeSystemUid) {

    public Target {
        Objects.requireNonNull(source);
        Objects.requireNonNull(name);
        Objects.requireNonNull(account);
        Objects.requireNonNull(arn);
        Objects.requireNonNull(region);
        Objects.requireNonNull(kubeSystemUid);
    }

    /** The cluster of a snapshot. */
    public static Target of(ClusterSnapshot snapshot) {
        Cluster cluster = snapshot.cluster();
        return new Target(
                snapshot.source(),
                cluster.name(),
                cluster.account(),
                cluster.arn(),
                cluster.region(),
                cluster.kubeSystemUid());
    }

    /** A cluster of that name that a plan makes beside another one. */
    public static Target madeBeside(ClusterSnapshot other, String name) {
        Cluster cluster = other.cluster();
        String arn = cluster.arn().replaceFirst("cluster/.*$", "cluster/" + name);
        return new Target("new:" + name, name, cluster.account(), arn, cluster.region(), "");
    }

    /** Whether both are one cluster; where a plan makes it, only its ARN says so. */
    public boolean same(Target other) {
        if (made() || other.made()) {
            return !arn.isEmpty() && arn.equals(other.arn);
        }
        return kubeSystemUid.equals(other.kubeSystemUid);
    }

    /** Whether the plan makes it, so that it need not be there when the run begins. */
    public boolean made() {
        return kubeSystemUid.isEmpty();
    }
}
