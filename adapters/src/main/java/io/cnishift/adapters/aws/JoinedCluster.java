package io.cnishift.adapters.aws;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * What nodeadm has to know of the cluster that a node joins, where EKS does not tell it: beside an image in the launch template.
 *
 * @param endpoint URL of the API server
 * @param authority certificates that it is trusted by: PEM in base64
 * @param cidr of Services
 */
record JoinedCluster(String name, String endpoint, String authority, String cidr) {

    JoinedCluster {
        Objects.requireNonNull(name);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(authority);
        Objects.requireNonNull(cidr);
    }

    /**
     * That of a cluster that is up.
     *
     * @throws IllegalArgumentException when it has no API server yet
     */
    static JoinedCluster of(Cluster cluster) {
        if (cluster.endpoint() == null
                || cluster.certificateAuthority() == null
                || cluster.kubernetesNetworkConfig() == null) {
            throw new IllegalArgumentException("cluster " + cluster.name() + " has no API server yet");
        }
        return new JoinedCluster(
                cluster.name(),
                cluster.endpoint(),
                ClusterRecords.text(cluster.certificateAuthority().data()),
                ClusterRecords.services(cluster.kubernetesNetworkConfig()));
    }

    Map<String, Object> tree() {
        return Map.of("name", name, "apiServerEndpoint", endpoint, "certificateAuthority", authority, "cidr", cidr);
    }
}
