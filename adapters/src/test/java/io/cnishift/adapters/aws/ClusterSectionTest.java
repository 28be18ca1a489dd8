package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;

import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.adapters.resilience.Operation;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Neighbour;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eks.model.AddonIssueCode;
import software.amazon.awssdk.services.eks.model.AddonStatus;
import software.amazon.awssdk.services.eks.model.DescribeAccessEntryRequest;
import software.amazon.awssdk.services.eks.model.DescribeAccessEntryResponse;
import software.amazon.awssdk.services.eks.model.DescribeAddonRequest;
import software.amazon.awssdk.services.eks.model.DescribeAddonResponse;
import software.amazon.awssdk.services.eks.model.DescribeClusterRequest;
import software.amazon.awssdk.services.eks.model.DescribeClusterResponse;
import software.amazon.awssdk.services.eks.model.DescribePodIdentityAssociationRequest;
import software.amazon.awssdk.services.eks.model.DescribePodIdentityAssociationResponse;
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
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsRequest;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsResponse;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

final class ClusterSectionTest {

    private final MockAws aws = new MockAws();

    @Test
    void readsTheCluster() {
        doReturn(ListFargateProfilesResponse.builder()
                        .fargateProfileNames("batch")
                        .build())
                .when(aws.eks)
                .listFargateProfiles(any(ListFargateProfilesRequest.class));

        Cluster cluster = MockAws.one(aws.read(Part.CLUSTER), Cluster.class);

        assertThat(cluster.account()).isEqualTo("123456789012");
        assertThat(cluster.region()).isEqualTo("eu-central-1");
        assertThat(cluster.serviceCidr()).isEqualTo(Cidr.parse("172.20.0.0/16"));
        assertThat(cluster.authenticationMode()).isEqualTo("CONFIG_MAP");
        assertThat(cluster.fargateProfiles()).containsExactly("batch");
        assertThat(cluster.controlPlaneSubnets()).containsExactly("subnet-1", "subnet-2");
        assertThat(cluster.privateEndpoint()).isTrue();
        assertThat(cluster.publicEndpoint()).isFalse();
        assertThat(cluster.kubeSystemUid()).isEqualTo("uid-1");
    }

    @Test
    void followsThePagesOfAList() {
        doReturn(ListAddonsResponse.builder().addons("coredns").nextToken("2").build())
                .when(aws.eks)
                .listAddons(argThat((ListAddonsRequest r) -> r != null && r.nextToken() == null));
        doReturn(ListAddonsResponse.builder().addons("vpc-cni").build())
                .when(aws.eks)
                .listAddons(argThat((ListAddonsRequest r) -> r != null && "2".equals(r.nextToken())));
        doReturn(addon("any", "")).when(aws.eks).describeAddon(any(DescribeAddonRequest.class));

        assertThat(MockAws.all(aws.read(Part.ADDONS), Addon.class)).hasSize(2);
        assertThat(aws.calls("eks:ListAddons")).isEqualTo(2);
    }

    @Test
    void readsAnAddonWithItsConfiguration() {
        addons("vpc-cni");
        doReturn(addon("vpc-cni", "{\"env\":{\"ENABLE_PREFIX_DELEGATION\":\"true\"}}"))
                .when(aws.eks)
                .describeAddon(any(DescribeAddonRequest.class));

        Addon addon = MockAws.one(aws.read(Part.ADDONS), Addon.class);

        assertThat(addon.configuration()).isEqualTo(Map.of("env", Map.of("ENABLE_PREFIX_DELEGATION", "true")));
        assertThat(addon.issues()).containsExactly("ConfigurationConflict: somebody changed it");
    }

    @Test
    void readsConfigurationThatIsYaml() {
        addons("coredns");
        doReturn(addon("coredns", "replicaCount: 3\n")).when(aws.eks).describeAddon(any(DescribeAddonRequest.class));

        assertThat(MockAws.one(aws.read(Part.ADDONS), Addon.class).configuration())
                .isEqualTo(Map.of("replicaCount", 3));
    }

    @Test
    void anAddonThatEksDoesNotFindIsNotThere() {
        addons("vpc-cni");
        doThrow(ResourceNotFoundException.builder()
                        .statusCode(404)
                        .awsErrorDetails(
                                AwsErrors.of("ResourceNotFoundException", 404).awsErrorDetails())
                        .build())
                .when(aws.eks)
                .describeAddon(any(DescribeAddonRequest.class));

        Reading reading = aws.read(Part.ADDONS);

        assertThat(reading.resources()).isEmpty();
        assertThat(reading.unknown()).isEmpty();
    }

    @Test
    void anEndpointWithoutAddonsLeavesThemUnknown() {
        doThrow(AwsErrors.html404()).when(aws.eks).listAddons(any(ListAddonsRequest.class));

        Unknown gap = MockAws.gap(aws.read(Part.ADDONS), Part.ADDONS);

        assertThat(gap.reason()).contains("does not offer eks:ListAddons");
        assertThat(aws.time.passed()).isZero();
    }

    @Test
    void aDeniedAddonIsUnknownWithItsAction() {
        addons("vpc-cni");
        doThrow(AwsErrors.denied()).when(aws.eks).describeAddon(any(DescribeAddonRequest.class));

        Unknown gap = MockAws.gap(aws.read(Part.ADDONS), Part.ADDONS);

        assertThat(gap.subject()).isEqualTo("vpc-cni");
        assertThat(gap.remedy()).contains("eks:DescribeAddon");
    }

    @Test
    void aThrottledRequestIsRepeated() {
        doThrow(AwsErrors.of("ThrottlingException", 429))
                .doReturn(ListAddonsResponse.builder().build())
                .when(aws.eks)
                .listAddons(any(ListAddonsRequest.class));

        assertThat(aws.read(Part.ADDONS).unknown()).isEmpty();
        assertThat(aws.time.passed()).isPositive();
    }

    @Test
    void readsPodIdentitiesWithTheirRoles() {
        doReturn(ListPodIdentityAssociationsResponse.builder()
                        .associations(a ->
                                a.associationId("a-1").namespace("kube-system").serviceAccount("ebs"))
                        .build())
                .when(aws.eks)
                .listPodIdentityAssociations(any(ListPodIdentityAssociationsRequest.class));
        doReturn(DescribePodIdentityAssociationResponse.builder()
                        .association(a -> a.namespace("kube-system")
                                .serviceAccount("ebs")
                                .roleArn("arn:aws:iam::123456789012:role/ebs"))
                        .build())
                .when(aws.eks)
                .describePodIdentityAssociation(any(DescribePodIdentityAssociationRequest.class));

        assertThat(MockAws.one(aws.read(Part.POD_IDENTITIES), PodIdentity.class))
                .isEqualTo(new PodIdentity("kube-system", "ebs", "arn:aws:iam::123456789012:role/ebs"));
    }

    @Test
    void readsWhoHasAccessAndWhere() {
        String team = "arn:aws:iam::123456789012:role/team";
        String view = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
        doReturn(DescribeClusterResponse.builder()
                        .cluster(MockAws.SHOP.toBuilder()
                                .accessConfig(a -> a.authenticationMode("API_AND_CONFIG_MAP"))
                                .build())
                        .build())
                .when(aws.eks)
                .describeCluster(any(DescribeClusterRequest.class));
        doReturn(ListAccessEntriesResponse.builder().accessEntries(team).build())
                .when(aws.eks)
                .listAccessEntries(any(ListAccessEntriesRequest.class));
        doReturn(DescribeAccessEntryResponse.builder()
                        .accessEntry(e -> e.principalArn(team)
                                .type("STANDARD")
                                .username("team")
                                .kubernetesGroups("devs")
                                .tags(Map.of("a", "b")))
                        .build())
                .when(aws.eks)
                .describeAccessEntry(any(DescribeAccessEntryRequest.class));
        doReturn(ListAssociatedAccessPoliciesResponse.builder()
                        .associatedAccessPolicies(p -> p.policyArn(view)
                                .accessScope(s -> s.type("namespace").namespaces("shop")))
                        .build())
                .when(aws.eks)
                .listAssociatedAccessPolicies(any(ListAssociatedAccessPoliciesRequest.class));

        assertThat(MockAws.one(aws.read(Part.ACCESS_ENTRIES), AccessEntry.class))
                .isEqualTo(new AccessEntry(
                        team,
                        "STANDARD",
                        "team",
                        List.of("devs"),
                        List.of(new AccessEntry.Policy(view, List.of("shop"))),
                        Map.of("a", "b")));
    }

    @Test
    void whereOnlyAwsAuthCountsEksIsNotAskedForEntries() {
        Reading reading = aws.read(Part.ACCESS_ENTRIES);

        assertThat(reading.resources()).isEmpty();
        assertThat(reading.unknown()).isEmpty();
        assertThat(aws.calls("eks:ListAccessEntries")).isZero();
    }

    @Test
    void readsTheNamesThatOtherClustersHaveTaken() {
        doReturn(ListClustersResponse.builder()
                        .clusters("shop", "shop-green")
                        .nextToken("2")
                        .build())
                .when(aws.eks)
                .listClusters(argThat((ListClustersRequest r) -> r != null && r.nextToken() == null));
        doReturn(ListClustersResponse.builder().clusters("bank").build())
                .when(aws.eks)
                .listClusters(argThat((ListClustersRequest r) -> r != null && "2".equals(r.nextToken())));

        assertThat(MockAws.all(aws.read(Part.NEIGHBOURS), Neighbour.class))
                .extracting(Neighbour::name)
                .containsExactlyInAnyOrder("shop-green", "bank");
    }

    @Test
    void theClusterIsReadWithoutItsIdentityWhenTheApiServerDoesNotTell() {
        Operation operation = Operation.kubernetes("get", "namespaces");
        KubernetesFacts silent = new KubernetesFacts() {
            @Override
            public String kubeSystemUid() {
                Fault fault = new Fault(Fault.Kind.UNAVAILABLE, "no answer", "check the tunnel");
                throw new CallFailure(operation, fault, new IllegalStateException());
            }

            @Override
            public Map<String, String> boundTargetGroups() {
                return Map.of();
            }
        };

        Reading reading = aws.read(silent, Part.CLUSTER);

        assertThat(MockAws.one(reading, Cluster.class).kubeSystemUid()).isEmpty();
        assertThat(MockAws.gap(reading, Part.CLUSTER).remedy()).isEqualTo("check the tunnel");
    }

    @Test
    void saysWhichClustersThereAreWhenThisOneIsNot() {
        doThrow(AwsErrors.of("ResourceNotFoundException", 404))
                .when(aws.eks)
                .describeCluster(any(DescribeClusterRequest.class));
        doReturn(ListClustersResponse.builder().clusters("shop-1", "shop-2").build())
                .when(aws.eks)
                .listClusters(any(ListClustersRequest.class));

        MigrationException failure = catchThrowableOfType(MigrationException.class, () -> aws.read(Part.CLUSTER));

        assertThat(failure.code()).isEqualTo("CLUSTER-NOT-FOUND");
        assertThat(failure.category()).isEqualTo(MigrationException.Category.USER);
        assertThat(failure).hasMessage("EKS has no cluster shop in eu-central-1; there are shop-1, shop-2");
    }

    @Test
    void endsWithOneSentenceWhenTheClusterMayNotBeRead() {
        doThrow(AwsErrors.of("AccessDeniedException", 403))
                .when(aws.eks)
                .describeCluster(any(DescribeClusterRequest.class));

        MigrationException failure = catchThrowableOfType(MigrationException.class, () -> aws.read(Part.ADDONS));

        assertThat(failure.category()).isEqualTo(MigrationException.Category.ENVIRONMENT);
        assertThat(failure.remedy()).contains("eks:DescribeCluster");
    }

    @ParameterizedTest
    @MethodSource("silences")
    void readsWhatTheApiServerTellsWhereEksDoesNot(RuntimeException silence, String remedy) {
        doThrow(silence).when(aws.eks).describeCluster(any(DescribeClusterRequest.class));
        KubernetesFacts reached = new KubernetesFacts() {
            @Override
            public String kubeSystemUid() {
                return "uid-1";
            }

            @Override
            public Map<String, String> boundTargetGroups() {
                return Map.of();
            }

            @Override
            public Optional<Server> server() {
                return Optional.of(new Server("https://shop.example", "1.33"));
            }
        };

        Reading reading = aws.read(
                reached, Part.CLUSTER, Part.VPC, Part.SUBNETS, Part.TARGET_GROUPS, Part.ADDONS, Part.INSTANCES);

        Cluster cluster = MockAws.one(reading, Cluster.class);
        assertThat(cluster.name()).isEqualTo("shop");
        assertThat(cluster.kubernetesVersion()).isEqualTo("1.33");
        assertThat(cluster.endpoint()).isEqualTo("https://shop.example");
        assertThat(cluster.kubeSystemUid()).isEqualTo("uid-1");
        assertThat(cluster.authenticationMode()).isEmpty();
        assertThat(MockAws.gap(reading, Part.CLUSTER).remedy()).contains(remedy);
        assertThat(reading.unknown())
                .extracting(Unknown::part)
                .contains(Part.VPC, Part.SUBNETS, Part.TARGET_GROUPS)
                .doesNotContain(Part.INSTANCES, Part.ROUTE_TABLES);
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                Arguments.of(AwsErrors.of("AccessDeniedException", 403), "eks:DescribeCluster"),
                Arguments.of(AwsErrors.html404(), "AWS_ENDPOINT_URL"),
                Arguments.of(
                        SdkClientException.create("no route", new ConnectException("connection refused")),
                        "check network"));
    }

    @Test
    void asksAwsNothingForPartsOfOthers() {
        assertThat(aws.read(Part.PODS, Part.RELEASES).resources()).isEmpty();
        assertThat(aws.metrics.requests()).isZero();
    }

    @Test
    void saysSoWhenEksTellsNoServiceRange() {
        doReturn(DescribeClusterResponse.builder()
                        .cluster(MockAws.SHOP.toBuilder()
                                .kubernetesNetworkConfig(n -> {})
                                .build())
                        .build())
                .when(aws.eks)
                .describeCluster(any(DescribeClusterRequest.class));

        assertThat(MockAws.gap(aws.read(Part.CLUSTER), Part.CLUSTER).reason()).contains("Service addresses");
    }

    private void addons(String... names) {
        doReturn(ListAddonsResponse.builder().addons(List.of(names)).build())
                .when(aws.eks)
                .listAddons(any(ListAddonsRequest.class));
    }

    private static DescribeAddonResponse addon(String name, String configuration) {
        return DescribeAddonResponse.builder()
                .addon(a -> a.addonName(name)
                        .addonVersion("v1.20.0-eksbuild.1")
                        .status(AddonStatus.ACTIVE)
                        .configurationValues(configuration)
                        .health(h -> h.issues(i ->
                                i.code(AddonIssueCode.CONFIGURATION_CONFLICT).message("somebody changed it"))))
                .build();
    }
}
