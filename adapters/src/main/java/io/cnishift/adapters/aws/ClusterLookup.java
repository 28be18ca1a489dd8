package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.MigrationException.Category;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Cluster;

/** Finds a cluster by name, or says why it cannot. */
final class ClusterLookup {

    private static final int NAMES_SHOWN = 8;

    private final EksApi eks;
    private final String name;
    private final String where;

    /**
     * A lookup of one name.
     *
     * @param where region and profile, in words
     */
    ClusterLookup(EksApi eks, String name, String where) {
        this.eks = eks;
        this.name = name;
        this.where = where;
    }

    String name() {
        return name;
    }

    /** The cluster, or one exception that ends the read. */
    Cluster describe() {
        try {
            return find();
        } catch (CallFailure failure) {
            throw unreadable(failure);
        }
    }

    /**
     * The cluster.
     *
     * @throws CallFailure when EKS does not tell
     * @throws MigrationException when EKS knows no such cluster
     */
    Cluster find() {
        try {
            return eks.cluster(name);
        } catch (CallFailure failure) {
            throw failure.is(Fault.Kind.NOT_FOUND) ? notFound(failure) : failure;
        }
    }

    private MigrationException notFound(CallFailure failure) {
        List<String> others = others();
        String there = others.isEmpty()
                ? ""
                : "; there are " + String.join(", ", others.subList(0, Math.min(NAMES_SHOWN, others.size())))
                        + (others.size() > NAMES_SHOWN ? ", ..." : "");
        return new MigrationException(
                "CLUSTER-NOT-FOUND",
                Category.USER,
                Disposition.ASK,
                "EKS has no cluster " + name + " in " + where + there,
                "check --cluster, --region and --profile",
                failure);
    }

    private List<String> others() {
        try {
            return Optional.ofNullable(eks.someClusters()).orElse(List.of());
        } catch (CallFailure ignored) {
            // Only a hint: without the right to list, the name is still not found.
            return List.of();
        }
    }

    MigrationException unreadable(CallFailure failure) {
        boolean passing = failure.fault().passing();
        return new MigrationException(
                "CLUSTER-UNREADABLE",
                Category.ENVIRONMENT,
                passing ? Disposition.RETRY : Disposition.ASK,
                "cluster " + name + " in " + where + " cannot be read: "
                        + failure.fault().reason(),
                failure.fault().remedy(),
                failure);
    }
}
