package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.CreateAccessConfigRequest;
import software.amazon.awssdk.services.eks.model.CreateClusterRequest;
import software.amazon.awssdk.services.eks.model.DeleteClusterRequest;
import software.amazon.awssdk.services.eks.model.DeleteFargateProfileRequest;
import software.amazon.awssdk.services.eks.model.KubernetesNetworkConfigRequest;
import software.amazon.awssdk.services.eks.model.UpgradePolicyRequest;
import software.amazon.awssdk.services.eks.model.VpcConfigRequest;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;

/** Making and deleting whole clusters. Each takes minutes; the engine sees the end of it in its readings. */
final class ClusterWrites {

    private static final String EKS = "eks";
    private static final Set<String> UNDER_WAY = Set.of("CREATING", "PENDING", "UPDATING");

    private ClusterWrites() {}

    static void in(ActBook book) {
        book.on(CreateCluster.class, (at, a) -> before(at, a.name()), ClusterWrites::create);
        book.on(DeleteCluster.class, (at, a) -> before(at, a.name()), (at, a) -> delete(at, a.name()));
        book.on(DeleteFargateProfile.class, (at, a) -> Map.of(), (at, a) -> deleteProfile(at, a.name()));
    }

    static Optional<Cluster> find(Writing at, String name) {
        return Writing.found(() -> at.apis().eks().cluster(name));
    }

    private static Map<String, Object> before(Writing at, String name) {
        return find(at, name)
                .map(c -> ActResults.tree("name", c.name(), "status", c.statusAsString(), "version", c.version()))
                .orElse(Map.of());
    }

    private static ActResult create(Writing at, CreateCluster act) {
        Optional<Cluster> there = find(at, act.name());
        if (there.isPresent()) {
            return taken(act, there.get());
        }
        Optional<Cluster> like = find(at, act.like());
        if (like.isEmpty()) {
            return ActResults.no(Reason.INVALID, "there is no cluster " + act.like() + " to make one like");
        }
        CreateClusterRequest request = request(at, act, like.get());
        try {
            at.calls().write(EKS, "CreateCluster", () -> at.clients().eks().createCluster(request));
            return ActResults.done("name", act.name());
        } catch (CallFailure failure) {
            if (Refusals.reason(failure) != Reason.BUSY) {
                throw failure;
            }
            return find(at, act.name()).map(found -> taken(act, found)).orElseThrow(() -> failure);
        }
    }

    /** The name is taken: by an earlier request of this migration, or by somebody. */
    private static ActResult taken(CreateCluster act, Cluster there) {
        boolean ours = !act.tags().isEmpty()
                && there.tags().entrySet().containsAll(act.tags().entrySet());
        return ours
                ? ActResults.done("name", act.name())
                : ActResults.no(
                        Reason.EXISTS, "ResourceInUseException: Cluster already exists with name: " + act.name());
    }

    private static CreateClusterRequest request(Writing at, CreateCluster act, Cluster like) {
        CreateClusterRequest.Builder request = CreateClusterRequest.builder()
                .name(act.name())
                .version(act.version())
                .roleArn(like.roleArn())
                .resourcesVpcConfig(network(act, like.resourcesVpcConfig()))
                .logging(like.logging())
                .bootstrapSelfManagedAddons(false)
                .tags(Tags.copied(like.tags(), act.tags()))
                .clientRequestToken(at.tokens().making(act));
        if (like.hasEncryptionConfig()) {
            request.encryptionConfig(like.encryptionConfig());
        }
        KubernetesNetworkConfigRequest.Builder addresses =
                KubernetesNetworkConfigRequest.builder().ipFamily(act.family().toString());
        // EKS chooses the range of IPv6 itself, and refuses to be told one
        if (act.services().isPresent()) {
            addresses.serviceIpv4Cidr(act.services().get().toString());
        } else if (act.family() == IpFamily.IPV4 && like.kubernetesNetworkConfig() != null) {
            addresses.serviceIpv4Cidr(like.kubernetesNetworkConfig().serviceIpv4Cidr());
        }
        request.kubernetesNetworkConfig(addresses.build());
        // without this right nobody could reach the cluster to set it up; and a cluster that knows aws-auth alone takes
        // no access entries
        request.accessConfig(CreateAccessConfigRequest.builder()
                .authenticationMode(
                        like.accessConfig() != null
                                        && like.accessConfig().authenticationMode() == AuthenticationMode.API
                                ? AuthenticationMode.API
                                : AuthenticationMode.API_AND_CONFIG_MAP)
                .bootstrapClusterCreatorAdminPermissions(true)
                .build());
        if (like.upgradePolicy() != null) {
            request.upgradePolicy(UpgradePolicyRequest.builder()
                    .supportType(like.upgradePolicy().supportTypeAsString())
                    .build());
        }
        return request.build();
    }

    private static VpcConfigRequest network(CreateCluster act, VpcConfigResponse like) {
        VpcConfigRequest.Builder network = VpcConfigRequest.builder()
                .subnetIds(act.subnets())
                .securityGroupIds(like.securityGroupIds())
                .endpointPublicAccess(like.endpointPublicAccess())
                .endpointPrivateAccess(like.endpointPrivateAccess());
        if (Boolean.TRUE.equals(like.endpointPublicAccess())) {
            network.publicAccessCidrs(like.publicAccessCidrs());
        }
        return network.build();
    }

    private static ActResult delete(Writing at, String name) {
        String status = find(at, name).map(Cluster::statusAsString).orElse("");
        if (status.isEmpty() || status.equals("DELETING")) {
            return ActResults.done();
        }
        if (UNDER_WAY.contains(status)) {
            return ActResults.no(Reason.BUSY, "ResourceInUseException: cluster " + name + " is " + status);
        }
        DeleteClusterRequest request = DeleteClusterRequest.builder().name(name).build();
        Writing.found(() ->
                at.calls().write(EKS, "DeleteCluster", () -> at.clients().eks().deleteCluster(request)));
        return ActResults.done();
    }

    /** It is listed until it is gone. */
    private static ActResult deleteProfile(Writing at, String name) {
        if (!at.apis().eks().fargateProfiles(at.cluster()).contains(name)) {
            return ActResults.done();
        }
        DeleteFargateProfileRequest request = DeleteFargateProfileRequest.builder()
                .clusterName(at.cluster())
                .fargateProfileName(name)
                .build();
        Writing.found(() -> at.calls()
                .write(EKS, "DeleteFargateProfile", () -> at.clients().eks().deleteFargateProfile(request)));
        return ActResults.done();
    }
}
