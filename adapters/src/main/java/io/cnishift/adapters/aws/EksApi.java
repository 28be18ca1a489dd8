package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.DescribeAccessEntryRequest;
import software.amazon.awssdk.services.eks.model.DescribeAddonRequest;
import software.amazon.awssdk.services.eks.model.DescribeClusterRequest;
import software.amazon.awssdk.services.eks.model.DescribeNodegroupRequest;
import software.amazon.awssdk.services.eks.model.DescribePodIdentityAssociationRequest;
import software.amazon.awssdk.services.eks.model.ListAccessEntriesRequest;
import software.amazon.awssdk.services.eks.model.ListAccessEntriesResponse;
import software.amazon.awssdk.services.eks.model.ListAddonsRequest;
import software.amazon.awssdk.services.eks.model.ListAddonsResponse;
import software.amazon.awssdk.services.eks.model.ListAssociatedAccessPoliciesRequest;
import software.amazon.awssdk.services.eks.model.ListAssociatedAccessPoliciesResponse;
import software.amazon.awssdk.services.eks.model.ListClustersRequest;
import software.amazon.awssdk.services.eks.model.ListClustersResponse;
import software.amazon.awssdk.services.eks.model.ListFargateProfilesRequest;
import software.amazon.awssdk.services.eks.model.ListFargateProfilesResponse;
import software.amazon.awssdk.services.eks.model.ListNodegroupsRequest;
import software.amazon.awssdk.services.eks.model.ListNodegroupsResponse;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsRequest;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsResponse;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;

/** The requests to EKS. Lists follow their pages; each page is one call. */
final class EksApi {

    private static final int PAGE = 100;

    private final Supplier<EksClient> client;
    private final Calls calls;

    EksApi(Supplier<EksClient> client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    Cluster cluster(String name) {
        DescribeClusterRequest request =
                DescribeClusterRequest.builder().name(name).build();
        return call(
                "DescribeCluster", () -> client.get().describeCluster(request).cluster());
    }

    /** The first clusters of the region, for a hint when one is not found. */
    List<String> someClusters() {
        ListClustersRequest request =
                ListClustersRequest.builder().maxResults(PAGE).build();
        return call("ListClusters", () -> client.get().listClusters(request).clusters());
    }

    List<String> clusters() {
        return Pages.all(
                token -> {
                    ListClustersRequest request = ListClustersRequest.builder()
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("ListClusters", () -> client.get().listClusters(request));
                },
                ListClustersResponse::clusters,
                ListClustersResponse::nextToken);
    }

    List<String> nodegroups(String cluster) {
        return Pages.all(
                token -> {
                    ListNodegroupsRequest request = ListNodegroupsRequest.builder()
                            .clusterName(cluster)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("ListNodegroups", () -> client.get().listNodegroups(request));
                },
                ListNodegroupsResponse::nodegroups,
                ListNodegroupsResponse::nextToken);
    }

    Nodegroup nodegroup(String cluster, String name) {
        DescribeNodegroupRequest request = DescribeNodegroupRequest.builder()
                .clusterName(cluster)
                .nodegroupName(name)
                .build();
        return call(
                "DescribeNodegroup",
                () -> client.get().describeNodegroup(request).nodegroup());
    }

    List<String> addons(String cluster) {
        return Pages.all(
                token -> {
                    ListAddonsRequest request = ListAddonsRequest.builder()
                            .clusterName(cluster)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("ListAddons", () -> client.get().listAddons(request));
                },
                ListAddonsResponse::addons,
                ListAddonsResponse::nextToken);
    }

    Addon addon(String cluster, String name) {
        DescribeAddonRequest request = DescribeAddonRequest.builder()
                .clusterName(cluster)
                .addonName(name)
                .build();
        return call("DescribeAddon", () -> client.get().describeAddon(request).addon());
    }

    List<String> fargateProfiles(String cluster) {
        return Pages.all(
                token -> {
                    ListFargateProfilesRequest request = ListFargateProfilesRequest.builder()
                            .clusterName(cluster)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("ListFargateProfiles", () -> client.get().listFargateProfiles(request));
                },
                ListFargateProfilesResponse::fargateProfileNames,
                ListFargateProfilesResponse::nextToken);
    }

    List<PodIdentityAssociationSummary> podIdentities(String cluster) {
        return Pages.all(
                token -> {
                    ListPodIdentityAssociationsRequest request = ListPodIdentityAssociationsRequest.builder()
                            .clusterName(cluster)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call(
                            "ListPodIdentityAssociations", () -> client.get().listPodIdentityAssociations(request));
                },
                ListPodIdentityAssociationsResponse::associations,
                ListPodIdentityAssociationsResponse::nextToken);
    }

    PodIdentityAssociation podIdentity(String cluster, String id) {
        DescribePodIdentityAssociationRequest request = DescribePodIdentityAssociationRequest.builder()
                .clusterName(cluster)
                .associationId(id)
                .build();
        return call(
                "DescribePodIdentityAssociation",
                () -> client.get().describePodIdentityAssociation(request).association());
    }

    List<String> accessEntries(String cluster) {
        return Pages.all(
                token -> {
                    ListAccessEntriesRequest request = ListAccessEntriesRequest.builder()
                            .clusterName(cluster)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("ListAccessEntries", () -> client.get().listAccessEntries(request));
                },
                ListAccessEntriesResponse::accessEntries,
                ListAccessEntriesResponse::nextToken);
    }

    AccessEntry accessEntry(String cluster, String principal) {
        DescribeAccessEntryRequest request = DescribeAccessEntryRequest.builder()
                .clusterName(cluster)
                .principalArn(principal)
                .build();
        return call(
                "DescribeAccessEntry",
                () -> client.get().describeAccessEntry(request).accessEntry());
    }

    List<AssociatedAccessPolicy> accessPolicies(String cluster, String principal) {
        return Pages.all(
                token -> {
                    ListAssociatedAccessPoliciesRequest request = ListAssociatedAccessPoliciesRequest.builder()
                            .clusterName(cluster)
                            .principalArn(principal)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call(
                            "ListAssociatedAccessPolicies", () -> client.get().listAssociatedAccessPolicies(request));
                },
                ListAssociatedAccessPoliciesResponse::associatedAccessPolicies,
                ListAssociatedAccessPoliciesResponse::nextToken);
    }

    private <T> T call(String action, Supplier<T> request) {
        return calls.call(Operation.aws("eks", action), request);
    }
}
