package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateOidcProvider;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.act.DeletePodIdentity;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.eks.model.Cluster;

/** Clusters that are made like others, with what lets their pods take roles and their nodes join. */
final class ClusterWritesTest {

    private static final String LOOK = "eks:DescribeCluster";
    private static final String MAKE = "eks:CreateCluster";
    private static final Map<String, String> TAGS = Map.of("cnishift.io/migration", StubAws.MIGRATION);
    private static final CreateCluster GREEN =
            new CreateCluster("shop-green", "shop", "1.33", List.of("subnet-1", "subnet-2"), IpFamily.IPV4, TAGS);

    private final StubAws aws = new StubAws();

    @AfterEach
    void close() {
        aws.close();
    }

    private static StubAws.Reply missing() {
        return StubAws.error(404, "ResourceNotFoundException", "No cluster found for name: shop-green.");
    }

    private static StubAws.Reply cluster(String name, String status, Map<String, String> tags) {
        return cluster(name, status, tags, "API_AND_CONFIG_MAP");
    }

    private static StubAws.Reply cluster(String name, String status, Map<String, String> tags, String mode) {
        return StubAws.ok("""
                {"cluster": {"name": "%s", "status": "%s", "version": "1.33",
                 "arn": "arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/%s",
                 "roleArn": "arn:aws:iam::123456789012:role/eks", "endpoint": "https://ABC.eks.example",
                 "certificateAuthority": {"data": "Q0E="},
                 "identity": {"oidc": {"issuer": "https://oidc.eks.example/id/ABC"}},
                 "resourcesVpcConfig": {"subnetIds": ["subnet-9"], "securityGroupIds": ["sg-1"], "vpcId": "vpc-1",
                  "clusterSecurityGroupId": "sg-2", "endpointPublicAccess": true, "endpointPrivateAccess": true,
                  "publicAccessCidrs": ["192.0.2.0/24"]},
                 "kubernetesNetworkConfig": {"serviceIpv4Cidr": "10.100.0.0/16", "ipFamily": "ipv4"},
                 "accessConfig": {"authenticationMode": "%s", "bootstrapClusterCreatorAdminPermissions": false},
                 "logging": {"clusterLogging": [{"types": ["audit"], "enabled": true}]},
                 "encryptionConfig": [{"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:key"}}],
                 "upgradePolicy": {"supportType": "STANDARD"}, "tags": {%s}}}""".formatted(
                        name,
                        status,
                        name,
                        mode,
                        tags.entrySet().stream()
                                .map(t -> "\"" + t.getKey() + "\": \"" + t.getValue() + "\"")
                                .reduce((a, b) -> a + ", " + b)
                                .orElse("")));
    }

    private static void refused(ActResult result, Reason reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        ActResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void isMadeLikeTheOtherAndEmpty() {
        aws.on(LOOK, missing(), cluster("shop", "ACTIVE", Map.of("team", "shop", "managed-by", "terraform")))
                .on(MAKE, StubAws.ok("{}"));
        assertThat(aws.port().perform(GREEN)).isEqualTo(new Performed(Map.of("name", "shop-green")));
        Map<String, Object> request = new TreeMap<>(aws.one(MAKE).json());
        assertThat(request.remove("clientRequestToken")).asString().hasSize(40);
        assertThat(request)
                .isEqualTo(Map.ofEntries(
                        Map.entry("name", "shop-green"),
                        Map.entry("version", "1.33"),
                        Map.entry("roleArn", "arn:aws:iam::123456789012:role/eks"),
                        Map.entry("bootstrapSelfManagedAddons", false),
                        Map.entry(
                                "resourcesVpcConfig",
                                Map.of(
                                        "subnetIds", List.of("subnet-1", "subnet-2"),
                                        "securityGroupIds", List.of("sg-1"),
                                        "endpointPublicAccess", true,
                                        "endpointPrivateAccess", true,
                                        "publicAccessCidrs", List.of("192.0.2.0/24"))),
                        Map.entry(
                                "kubernetesNetworkConfig",
                                Map.of("serviceIpv4Cidr", "10.100.0.0/16", "ipFamily", "ipv4")),
                        Map.entry(
                                "accessConfig",
                                Map.of(
                                        "authenticationMode",
                                        "API_AND_CONFIG_MAP",
                                        "bootstrapClusterCreatorAdminPermissions",
                                        true)),
                        Map.entry(
                                "logging",
                                Map.of("clusterLogging", List.of(Map.of("types", List.of("audit"), "enabled", true)))),
                        Map.entry(
                                "encryptionConfig",
                                List.of(Map.of(
                                        "resources",
                                        List.of("secrets"),
                                        "provider",
                                        Map.of("keyArn", "arn:aws:kms:key")))),
                        Map.entry("upgradePolicy", Map.of("supportType", "STANDARD")),
                        Map.entry("tags", Map.of("team", "shop", "cnishift.io/migration", StubAws.MIGRATION))));
    }

    @ParameterizedTest
    @CsvSource({"CONFIG_MAP, API_AND_CONFIG_MAP", "API_AND_CONFIG_MAP, API_AND_CONFIG_MAP", "API, API"})
    void takesAccessEntriesHoweverTheOtherDoes(String like, String made) {
        aws.on(LOOK, missing(), cluster("shop", "ACTIVE", Map.of(), like)).on(MAKE, StubAws.ok("{}"));

        aws.port().perform(GREEN);

        assertThat(aws.one(MAKE).json())
                .containsEntry(
                        "accessConfig",
                        Map.of("authenticationMode", made, "bootstrapClusterCreatorAdminPermissions", true));
    }

    @Test
    void ofTheFamilyIpv6ItHasServicesInARangeThatEksChooses() {
        aws.on(LOOK, missing(), cluster("shop", "ACTIVE", Map.of())).on(MAKE, StubAws.ok("{}"));
        aws.port().perform(new CreateCluster("shop-green", "shop", "1.33", List.of("subnet-1"), IpFamily.IPV6, TAGS));
        assertThat(aws.one(MAKE).json()).containsEntry("kubernetesNetworkConfig", Map.of("ipFamily", "ipv6"));
    }

    @Test
    void itHasServicesInTheRangeThatIsNamed() {
        aws.on(LOOK, missing(), cluster("shop", "ACTIVE", Map.of())).on(MAKE, StubAws.ok("{}"));
        aws.port()
                .perform(new CreateCluster(
                        "shop-green",
                        "shop",
                        "1.33",
                        List.of("subnet-1"),
                        IpFamily.IPV4,
                        Optional.of(Cidr.parse("10.101.0.0/16")),
                        TAGS));
        assertThat(aws.one(MAKE).json())
                .containsEntry(
                        "kubernetesNetworkConfig", Map.of("ipFamily", "ipv4", "serviceIpv4Cidr", "10.101.0.0/16"));
    }

    @Test
    void oneThatIsOursAlreadyIsNotMadeTwiceAndAnothersIsRefused() {
        aws.on(LOOK, cluster("shop-green", "CREATING", TAGS));
        assertThat(aws.port().perform(GREEN).done()).isTrue();
        aws.on(LOOK, cluster("shop-green", "ACTIVE", Map.of()));
        refused(aws.port().perform(GREEN), Reason.EXISTS);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void whatEksHasAgainstItIsTold() {
        aws.on(LOOK, missing(), cluster("shop", "ACTIVE", Map.of()))
                .on(
                        MAKE,
                        StubAws.error(
                                400,
                                "InvalidParameterException",
                                "Subnets specified must be in at least two different AZs"));
        assertThat(aws.port().perform(GREEN)).isInstanceOfSatisfying(ActResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.INVALID);
            assertThat(refused.message()).contains("two different AZs");
        });
    }

    @Test
    void isDeletedOnce() {
        aws.on(LOOK, cluster("shop-green", "ACTIVE", TAGS)).on("eks:DeleteCluster", StubAws.ok("{}"));
        assertThat(aws.port().perform(new DeleteCluster("shop-green")).done()).isTrue();
        assertThat(aws.writes()).containsExactly("eks:DeleteCluster");
        aws.on(LOOK, cluster("shop-green", "CREATING", TAGS));
        refused(aws.port().perform(new DeleteCluster("shop-green")), Reason.BUSY);
        aws.on(LOOK, missing());
        assertThat(aws.port().perform(new DeleteCluster("shop-green")).done()).isTrue();
        assertThat(aws.writes()).containsExactly("eks:DeleteCluster");
    }

    @Test
    void aProfileIsDeletedWhileItIsListed() {
        DeleteFargateProfile delete = new DeleteFargateProfile("batch");
        aws.on("eks:ListFargateProfiles", StubAws.ok("{\"fargateProfileNames\": [\"batch\"]}"))
                .on("eks:DeleteFargateProfile", StubAws.ok("{}"));
        assertThat(aws.port().perform(delete).done()).isTrue();
        aws.on(
                "eks:DeleteFargateProfile",
                StubAws.error(409, "ResourceInUseException", "another profile is being deleted"));
        refused(aws.port().perform(delete), Reason.BUSY);
        int writes = aws.writes().size();
        aws.on("eks:ListFargateProfiles", StubAws.ok("{\"fargateProfileNames\": []}"));
        assertThat(aws.port().perform(delete).done()).isTrue();
        assertThat(aws.writes()).hasSize(writes);
    }

    @Test
    void iamKnowsItsIssuerAndForgetsIt() {
        aws.on(LOOK, cluster("shop-green", "ACTIVE", TAGS))
                .on("iam:CreateOpenIDConnectProvider", StubAws.ok("<CreateOpenIDConnectProviderResponse/>"))
                .on("iam:DeleteOpenIDConnectProvider", StubAws.ok("<DeleteOpenIDConnectProviderResponse/>"));
        assertThat(aws.port()
                        .perform(new CreateOidcProvider("shop-green", TAGS))
                        .done())
                .isTrue();
        assertThat(aws.one("iam:CreateOpenIDConnectProvider").form())
                .containsEntry("Url", "https://oidc.eks.example/id/ABC")
                .containsEntry("ClientIDList.member.1", "sts.amazonaws.com");
        assertThat(aws.port().perform(new DeleteOidcProvider("shop-green")).done())
                .isTrue();
        assertThat(aws.one("iam:DeleteOpenIDConnectProvider").form())
                .containsEntry(
                        "OpenIDConnectProviderArn",
                        "arn:aws-us-gov:iam::123456789012:oidc-provider/oidc.eks.example/id/ABC");
        aws.on("iam:CreateOpenIDConnectProvider", StubAws.error(409, "EntityAlreadyExists", "it is known"));
        assertThat(aws.port()
                        .perform(new CreateOidcProvider("shop-green", TAGS))
                        .done())
                .isTrue();
    }

    @Test
    void aServiceAccountGetsItsRoleOnce() {
        CreatePodIdentity identity = new CreatePodIdentity("shop", "api", "arn:aws:iam::1:role/api", TAGS);
        aws.on("eks:ListPodIdentityAssociations", StubAws.ok("{\"associations\": []}"))
                .on("eks:CreatePodIdentityAssociation", StubAws.ok("{}"))
                .on("eks:DeletePodIdentityAssociation", StubAws.ok("{}"));
        assertThat(aws.port().perform(identity).done()).isTrue();
        assertThat(aws.one("eks:CreatePodIdentityAssociation").json())
                .containsEntry("namespace", "shop")
                .containsEntry("serviceAccount", "api")
                .containsEntry("roleArn", "arn:aws:iam::1:role/api");
        aws.on(
                        "eks:ListPodIdentityAssociations",
                        StubAws.ok("{\"associations\": [{\"namespace\": \"shop\", \"serviceAccount\": \"api\","
                                + " \"associationId\": \"a-1\"}]}"))
                .on(
                        "eks:DescribePodIdentityAssociation",
                        StubAws.ok("{\"association\": {\"namespace\": \"shop\", \"serviceAccount\": \"api\","
                                + " \"associationId\": \"a-1\", \"roleArn\": \"arn:aws:iam::1:role/api\"}}"));
        assertThat(aws.port().perform(identity).done()).isTrue();
        refused(
                aws.port().perform(new CreatePodIdentity("shop", "api", "arn:aws:iam::1:role/other", TAGS)),
                Reason.EXISTS);
        assertThat(aws.port().perform(new DeletePodIdentity("shop", "api")).done())
                .isTrue();
        assertThat(aws.writes())
                .containsExactly("eks:CreatePodIdentityAssociation", "eks:DeletePodIdentityAssociation");
    }

    @Test
    void aTargetRoleIsTakenAlong() {
        PodIdentity identity = new PodIdentity(
                "shop", "api", "arn:aws:iam::1:role/api", Optional.of("arn:aws:iam::2:role/orders"), true);
        aws.on("eks:ListPodIdentityAssociations", StubAws.ok("{\"associations\": []}"))
                .on("eks:CreatePodIdentityAssociation", StubAws.ok("{}"));

        assertThat(aws.port().perform(new CreatePodIdentity(identity, TAGS)).done())
                .isTrue();

        assertThat(aws.one("eks:CreatePodIdentityAssociation").json())
                .containsEntry("targetRoleArn", "arn:aws:iam::2:role/orders")
                .containsEntry("disableSessionTags", true);
    }

    private static CreateTemplateVersion joining(Optional<String> image) {
        return new CreateTemplateVersion(
                Wire.TEMPLATE,
                3,
                "m/s",
                image,
                OptionalInt.of(58),
                OptionalInt.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.of("shop-green"));
    }

    @Test
    void nodesAreToldTheRangeOfTheFamilyThatTheClusterHas() {
        assertThat(JoinedCluster.of(Cluster.builder()
                                .name("shop-green")
                                .endpoint("https://ABC.eks.example")
                                .certificateAuthority(c -> c.data("Q0E="))
                                .kubernetesNetworkConfig(n -> n.ipFamily("ipv6").serviceIpv6Cidr("fd00:1::/108"))
                                .build())
                        .tree())
                .containsEntry("cidr", "fd00:1::/108");
    }

    private String madeUserData(Optional<String> image, String source) {
        aws.on(LOOK, cluster("shop-green", "ACTIVE", TAGS))
                .on("ec2:DescribeLaunchTemplateVersions", Wire.versions(Wire.version(3, "", source)))
                .on(
                        "ec2:CreateLaunchTemplateVersion",
                        StubAws.ok("<R><launchTemplateVersion>" + Wire.version(4, "m/s", "")
                                + "</launchTemplateVersion></R>"));
        assertThat(aws.port().perform(joining(image)).done()).isTrue();
        String data = aws.one("ec2:CreateLaunchTemplateVersion").form().getOrDefault("LaunchTemplateData.UserData", "");
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void besideAnImageUserDataNamesTheClusterToJoin() {
        String old = base64("""
                ---
                apiVersion: node.eks.aws/v1alpha1
                kind: NodeConfig
                spec:
                  cluster:
                    name: shop
                """);
        assertThat(madeUserData(Optional.empty(), "<imageId>ami-1</imageId><userData>" + old + "</userData>"))
                .contains("\"name\":\"shop-green\"", "\"apiServerEndpoint\":\"https://ABC.eks.example\"")
                .contains("\"certificateAuthority\":\"Q0E=\"", "\"cidr\":\"10.100.0.0/16\"");
    }

    @Test
    void withoutAnImageEksNamesIt() {
        assertThat(madeUserData(Optional.empty(), "")).contains("maxPods").doesNotContain("apiServerEndpoint");
    }

    @Test
    void aScriptThatNamesAnotherClusterIsRefused() {
        aws.on(LOOK, cluster("shop-green", "ACTIVE", TAGS))
                .on(
                        "ec2:DescribeLaunchTemplateVersions",
                        Wire.versions(Wire.version(
                                3,
                                "",
                                "<imageId>ami-1</imageId><userData>"
                                        + base64("#!/bin/bash\n/etc/eks/bootstrap.sh shop\n") + "</userData>")));
        refused(aws.port().perform(joining(Optional.empty())), Reason.INVALID);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aGroupMayBeLikeOneOfAnotherCluster() {
        aws.on("eks:DescribeNodegroup", Wire.nodegroup(Map.of("nodegroupName", "workers", "status", "ACTIVE")))
                .on("eks:CreateNodegroup", Wire.empty("eks:CreateNodegroup"));
        aws.port()
                .perform(new CreateNodeGroup(
                        "workers",
                        "workers",
                        OptionalLong.empty(),
                        Map.of(),
                        List.of(),
                        1,
                        2,
                        1,
                        List.of("subnet-1"),
                        TAGS,
                        Optional.of("shop-blue")));
        assertThat(aws.one("eks:DescribeNodegroup").path()).contains("/clusters/shop-blue/");
        assertThat(aws.one("eks:CreateNodegroup").path()).contains("/clusters/shop/");
    }
}
