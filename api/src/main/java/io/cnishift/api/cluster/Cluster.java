package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The EKS cluster itself.
 *
 * @param endpoint URL of the API server
 * @param hybridNodes whether remote node networks are configured
 * @param fargateProfiles names; any pod they select runs on Fargate
 * @param kubeSystemUid UID of namespace kube-system: the cluster's identity
 * @param nodeLimit nodes that the cluster may have at one time over all its groups, where a quota of the account or a rule of
 *     its owner says so. AWS counts its quotas in vCPUs over everything in the account, so no reading knows it by itself: who
 *     knows it writes it into the snapshot
 */
public record Cluster(
        String name,
        String arn,
        String account,
        String region,
        String kubernetesVersion,
        String status,
        String endpoint,
        boolean publicEndpoint,
        boolean privateEndpoint,
        Cidr serviceCidr,
        IpFamily ipFamily,
        String authenticationMode,
        boolean autoMode,
        boolean hybridNodes,
        List<String> fargateProfiles,
        List<String> controlPlaneSubnets,
        String clusterSecurityGroup,
        String vpcId,
        String kubeSystemUid,
        Optional<String> oidcIssuer,
        boolean deletionProtection,
        Map<String, String> tags,
        OptionalInt nodeLimit)
        implements Resource {

    public Cluster {
        Objects.requireNonNull(name);
        Objects.requireNonNull(serviceCidr);
        fargateProfiles = List.copyOf(fargateProfiles);
        controlPlaneSubnets = List.copyOf(controlPlaneSubnets);
        tags = Map.copyOf(tags);
        Objects.requireNonNull(nodeLimit);
    }

    @Override
    public Part part() {
        return Part.CLUSTER;
    }

    @Override
    public String key() {
        return name;
    }

    /** The same with pods and Services of that family, and Services in that range. */
    public Cluster with(IpFamily family, Cidr services) {
        return new Cluster(
                name,
                arn,
                account,
                region,
                kubernetesVersion,
                status,
                endpoint,
                publicEndpoint,
                privateEndpoint,
                services,
                family,
                authenticationMode,
                autoMode,
                hybridNodes,
                fargateProfiles,
                controlPlaneSubnets,
                clusterSecurityGroup,
                vpcId,
                kubeSystemUid,
                oidcIssuer,
                deletionProtection,
                tags,
                nodeLimit);
    }

    /** Address family of pods and Services, fixed at creation. */
    public enum IpFamily {
        IPV4,
        IPV6;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The AWS partition, from the ARN: {@code aws}, {@code aws-us-gov}, {@code aws-cn}. */
    public String partition() {
        String[] parts = arn.split(":", -1);
        return parts.length > 1 && !parts[1].isEmpty() ? parts[1] : "aws";
    }
}
