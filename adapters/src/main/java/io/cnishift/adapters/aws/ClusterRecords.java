package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.Part;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.KubernetesNetworkConfigResponse;

/** Answers of EKS as records. */
final class ClusterRecords {

    /** Stands where EKS told no Service range; it overlaps nothing, and the gap is noted beside it. */
    private static final Cidr NO_RANGE = Cidr.parse("0.0.0.0/32");

    private ClusterRecords() {}

    /** What is known of a cluster that only its API server tells of; nothing is put in the place of what EKS did not say. */
    static software.amazon.awssdk.services.eks.model.Cluster named(String name, KubernetesFacts.Server server) {
        return software.amazon.awssdk.services.eks.model.Cluster.builder()
                .name(name)
                .endpoint(server.url())
                .version(server.version())
                .accessConfig(access -> access.authenticationMode(""))
                .build();
    }

    static Cluster cluster(
            software.amazon.awssdk.services.eks.model.Cluster eks, List<String> fargate, String uid, Collected out) {
        String[] arn = eks.arn() == null ? new String[0] : eks.arn().split(":", 6);
        var vpc = eks.resourcesVpcConfig();
        var access = eks.accessConfig();
        return new Cluster(
                eks.name(),
                text(eks.arn()),
                arn.length > 4 ? arn[4] : "",
                arn.length > 3 ? arn[3] : "",
                text(eks.version()),
                text(eks.statusAsString()),
                text(eks.endpoint()),
                vpc != null && Boolean.TRUE.equals(vpc.endpointPublicAccess()),
                vpc != null && Boolean.TRUE.equals(vpc.endpointPrivateAccess()),
                serviceRange(eks.name(), eks.kubernetesNetworkConfig(), out),
                ipFamily(eks.kubernetesNetworkConfig()),
                access == null || access.authenticationModeAsString() == null
                        ? "CONFIG_MAP"
                        : access.authenticationModeAsString(),
                eks.computeConfig() != null
                        && Boolean.TRUE.equals(eks.computeConfig().enabled()),
                eks.remoteNetworkConfig() != null
                        && !eks.remoteNetworkConfig().remoteNodeNetworks().isEmpty(),
                fargate,
                vpc == null ? List.of() : vpc.subnetIds(),
                vpc == null ? "" : text(vpc.clusterSecurityGroupId()),
                vpc == null ? "" : text(vpc.vpcId()),
                uid,
                issuer(eks),
                Boolean.TRUE.equals(eks.deletionProtection()),
                eks.tags(),
                OptionalInt.empty());
    }

    private static Cidr serviceRange(String cluster, @Nullable KubernetesNetworkConfigResponse network, Collected out) {
        String range = network == null ? "" : services(network);
        if (range.isEmpty()) {
            out.gap(
                    Part.CLUSTER,
                    cluster,
                    "EKS tells no range of Service addresses",
                    "make sure that pod ranges do not overlap the Services of the cluster");
            return NO_RANGE;
        }
        return Cidr.parse(range);
    }

    /** The range of Services, of the family that the cluster has. */
    static String services(KubernetesNetworkConfigResponse network) {
        return text(ipFamily(network) == IpFamily.IPV6 ? network.serviceIpv6Cidr() : network.serviceIpv4Cidr());
    }

    private static IpFamily ipFamily(@Nullable KubernetesNetworkConfigResponse network) {
        return network != null && "ipv6".equals(network.ipFamilyAsString()) ? IpFamily.IPV6 : IpFamily.IPV4;
    }

    static Optional<String> issuer(software.amazon.awssdk.services.eks.model.Cluster eks) {
        return eks.identity() == null || eks.identity().oidc() == null
                ? Optional.empty()
                : Optional.ofNullable(eks.identity().oidc().issuer());
    }

    static Addon addon(software.amazon.awssdk.services.eks.model.Addon eks, Collected out) {
        return new Addon(
                eks.addonName(),
                text(eks.addonVersion()),
                text(eks.statusAsString()),
                configuration(eks, out),
                Optional.ofNullable(eks.serviceAccountRoleArn()),
                !eks.podIdentityAssociations().isEmpty(),
                eks.health() == null
                        ? List.of()
                        : eks.health().issues().stream()
                                .map(issue -> issue.codeAsString() + ": " + issue.message())
                                .toList(),
                eks.tags());
    }

    // EKS takes JSON and YAML; the parser reads both.
    @SuppressWarnings("unchecked")
    private static Map<String, Object> configuration(
            software.amazon.awssdk.services.eks.model.Addon eks, Collected out) {
        String values = text(eks.configurationValues());
        if (values.isBlank()) {
            return Map.of();
        }
        try {
            @Nullable Map<String, Object> tree = Serialization.unmarshal(values, Map.class);
            return tree == null ? Map.of() : tree;
        } catch (RuntimeException e) {
            out.gap(
                    Part.ADDONS,
                    eks.addonName(),
                    "its configurationValues are neither JSON nor YAML",
                    "look at them with aws eks describe-addon --addon-name " + eks.addonName());
            return Map.of();
        }
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
