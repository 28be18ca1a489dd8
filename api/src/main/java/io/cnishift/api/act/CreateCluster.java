package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster.IpFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes an EKS cluster like another one of the account and region: its role, security groups, endpoint access, encryption and logging; its
 * way of authentication, but for one that knows aws-auth alone: this one knows access entries too; and its Service range,
 * unless its pods and Services have addresses of another family: EKS chooses the range then. EKS installs nothing in it, and
 * who makes it administers it.
 *
 * @param like name of the cluster that it is like
 * @param version Kubernetes version, as MAJOR.MINOR
 * @param subnets for the interfaces of its control plane, of two zones at least
 * @param family of the addresses of pods and Services
 * @param services range of Services, where it is not to be that of the other one; IPv4 alone, for EKS chooses those of IPv6
 */
public record CreateCluster(
        String name,
        String like,
        String version,
        List<String> subnets,
        IpFamily family,
        Optional<Cidr> services,
        Map<String, String> tags)
        implements Act {

    public CreateCluster {
        Objects.requireNonNull(name);
        Objects.requireNonNull(like);
        Objects.requireNonNull(version);
        subnets = List.copyOf(subnets);
        Objects.requireNonNull(family);
        tags = Map.copyOf(tags);
        if (services.isPresent() && family == IpFamily.IPV6) {
            throw new IllegalArgumentException("EKS chooses the range of Services of an IPv6 cluster");
        }
    }

    /** With the range of Services of the other one. */
    public CreateCluster(
            String name, String like, String version, List<String> subnets, IpFamily family, Map<String, String> tags) {
        this(name, like, version, subnets, family, Optional.empty(), tags);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "cluster " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:CreateCluster", "eks:DescribeCluster", "eks:TagResource", "iam:PassRole");
    }

    @Override
    public String command(Surroundings at) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("name", name);
        own.put("version", version);
        own.put("bootstrapSelfManagedAddons", false);
        own.put("tags", tags);
        String like = AwsCommand.of(at, "eks", "describe-cluster")
                .with("--name", this.like)
                .with("--output", "json")
                .toString();
        String program = ".cluster as $like | $own + {roleArn: $like.roleArn, logging: $like.logging,"
                + " encryptionConfig: $like.encryptionConfig, upgradePolicy: $like.upgradePolicy,"
                + " kubernetesNetworkConfig: " + network() + ","
                + " accessConfig: {authenticationMode: (if $like.accessConfig.authenticationMode == \"API\" then \"API\""
                + " else \"API_AND_CONFIG_MAP\" end),"
                + " bootstrapClusterCreatorAdminPermissions: true},"
                + " resourcesVpcConfig: (($like.resourcesVpcConfig | {securityGroupIds, endpointPublicAccess,"
                + " endpointPrivateAccess, publicAccessCidrs}) + {subnetIds: $subnets})}"
                + " | with_entries(select(.value != null))";
        return AwsCommand.of(at, "eks", "create-cluster")
                .raw(
                        "--cli-input-json",
                        Shell.output(like + " | jq -c --argjson own " + Json.word(own) + " --argjson subnets "
                                + Json.word(subnets) + " " + Shell.quoted(program)))
                .toString();
    }

    private String network() {
        if (services.isPresent()) {
            return "{serviceIpv4Cidr: \"" + services.get() + "\", ipFamily: \"ipv4\"}";
        }
        return family == IpFamily.IPV6
                ? "{ipFamily: \"ipv6\"}"
                : "($like.kubernetesNetworkConfig | {serviceIpv4Cidr, ipFamily: \"ipv4\"})";
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeleteCluster(name)) : Optional.empty();
    }
}
