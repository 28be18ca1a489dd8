package io.cnishift.strategy.newcluster;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster.IpFamily;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the second cluster like the first one, with its issuer known to IAM, and waits until EKS says that it is active.
 *
 * @param like name of the first cluster
 * @param subnets for the interfaces of its control plane
 * @param family of the addresses of pods and Services
 * @param services range of Services, where it is not that of the first cluster
 * @param keep whether it stays when the migration is taken back
 */
record MakeCluster(
        String name,
        String like,
        String version,
        List<String> subnets,
        IpFamily family,
        Optional<Cidr> services,
        boolean keep) {
    MakeCluster {
        Objects.requireNonNull(name);
        Objects.requireNonNull(like);
        Objects.requireNonNull(version);
        Objects.requireNonNull(family);
        Objects.requireNonNull(services);
        subnets = List.copyOf(subnets);
    }
}
