package io.cnishift.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.snapshot.SnapshotFiles;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Reads a whole cluster: the AWS side from the emulator, the Kubernetes side from an API server in this process. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, providers = GivenPeers.class)
final class ClusterReadIT {

    @RegisterExtension
    static final EmulatedAws AWS = new EmulatedAws();

    @TempDir
    private static Path folder;

    private static FakeApiServer server;
    private static AwsFixture aws;
    private static ClusterSnapshot snapshot;

    @BeforeAll
    static void read() throws Exception {
        aws = new AwsFixture(AWS.url());
        aws.make();
        server = new FakeApiServer()
                .with("/apis", Map.of("kind", "APIGroupList", "groups", List.of()))
                .with(
                        "/api/v1/namespaces/kube-system",
                        Map.of("metadata", Map.of("name", "kube-system", "uid", "uid-1")))
                .list("/api/v1/nodes", "Node", nodes(aws.instances()));
        try (RealWorlds worlds = new RealWorlds()) {
            ClusterTarget target = target(AwsFixture.CLUSTER);
            snapshot = ClusterReader.read(worlds.open(target), target.toString(), EnumSet.allOf(Part.class));
        }
    }

    @AfterAll
    static void close() {
        if (aws != null) {
            aws.close();
            server.close();
        }
    }

    @Test
    void knowsTheCluster() {
        assertThat(snapshot.source()).isEqualTo("eks:shop");
        assertThat(snapshot.cluster().account()).isEqualTo("123456789012");
        assertThat(snapshot.cluster().region()).isEqualTo(AwsFixture.REGION);
        assertThat(snapshot.cluster().kubeSystemUid()).isEqualTo("uid-1");
        assertThat(snapshot.cluster().serviceCidr()).isEqualTo(Cidr.parse("172.20.0.0/16"));
    }

    @Test
    void knowsTheVpcAlthoughTheEmulatorsClusterNamesNone() {
        assertThat(snapshot.vpc().cidrs()).extracting(Vpc.CidrBlock::cidr).containsExactly(Cidr.parse("10.7.0.0/16"));
        assertThat(snapshot.vpc().routed())
                .extracting(Vpc.RoutedRange::cidr)
                .containsExactly(Cidr.parse("10.9.0.0/16"));
        assertThat(snapshot.subnets())
                .extracting(Subnet::cidr)
                .containsExactlyInAnyOrder(Cidr.parse("10.7.0.0/24"), Cidr.parse("10.7.1.0/26"));
        assertThat(snapshot.subnets()).allSatisfy(subnet -> {
            assertThat(subnet.freePrefixBlocks()).isPresent();
            assertThat(subnet.routeTable()).isPresent();
            assertThat(subnet.freeAddresses()).isPositive();
        });
        assertThat(snapshot.securityGroups()).isNotEmpty();
    }

    @Test
    void knowsTheNodeGroupsOfThisClusterOnly() {
        assertThat(snapshot.nodeGroups())
                .extracting(NodeGroup::name, NodeGroup::kind, NodeGroup::maxPodsBy, NodeGroup::maxPods)
                .containsExactly(
                        tuple("general", NodeGroup.Kind.MANAGED, MaxPodsBy.MANAGED_GROUP, OptionalInt.of(58)),
                        tuple("own", NodeGroup.Kind.SELF_MANAGED, MaxPodsBy.USER_DATA, OptionalInt.of(58)));
        assertThat(snapshot.nodeGroups().get(1).labels()).isEqualTo(Map.of("team", "shop"));
        assertThat(snapshot.launchTemplates()).hasSize(1);
        assertThat(snapshot.instances()).extracting(Instance::id).containsExactlyInAnyOrderElementsOf(aws.instances());
        assertThat(snapshot.instances())
                .extracting(Instance::nodeGroup)
                .containsOnly(Optional.of("general"), Optional.of("own"));
    }

    @Test
    void knowsTheLoadBalancerWithItsTarget() {
        assertThat(snapshot.loadBalancers()).extracting(LoadBalancer::name).containsExactly("web");
        String arn = snapshot.targetGroups().get(0).arn();
        assertThat(snapshot.loadBalancers().get(0).listeners())
                .containsExactly(new LoadBalancer.Listener(
                        80, "HTTP", List.of(new LoadBalancer.Rule("", List.of(new LoadBalancer.Weighted(arn, 1))))));
        assertThat(snapshot.targetGroups().get(0).targets().get(0).health()).isEqualTo("healthy");
    }

    @Test
    void saysWhatTheEmulatorDoesNotOffer() {
        assertThat(snapshot.unknown())
                .extracting(Unknown::part)
                .containsExactlyInAnyOrder(Part.ADDONS, Part.POD_IDENTITIES);
        assertThat(snapshot.unknown())
                .allSatisfy(gap -> assertThat(gap.reason()).contains("does not offer eks:List"));
        assertThat(snapshot.known(Part.ADDONS)).isFalse();
        assertThat(snapshot.known(Part.PODS)).isTrue();
    }

    @Test
    void keepsNothingOfTheUserData() {
        assertThat(snapshot.toString()).doesNotContain(AwsFixture.SECRET_IN_USER_DATA);
    }

    @Test
    void canBeSavedAndReadAgain() {
        SnapshotFiles files = new SnapshotFiles(Codec.builder().build());
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        files.write(snapshot, Format.YAML, saved);
        assertThat(files.read(Source.bytes("saved.yaml", saved.toByteArray())))
                .isEqualTo(new Decoded.Value<>(snapshot));
    }

    @Test
    void namesTheClustersThatThereAre() {
        try (RealWorlds worlds = new RealWorlds()) {
            ClusterTarget target = target("shp");
            assertThatExceptionOfType(MigrationException.class)
                    .isThrownBy(
                            () -> ClusterReader.read(worlds.open(target), target.toString(), EnumSet.allOf(Part.class)))
                    .withMessage("EKS has no cluster shp in eu-central-1; there are shop");
        }
    }

    private static ClusterTarget target(String name) {
        return new ClusterTarget(
                name,
                ConnectionSettings.builder()
                        .withRegion(Optional.of(AwsFixture.REGION))
                        .withKubeconfig(Optional.of(server.kubeconfig(folder)))
                        .build());
    }

    private static List<Map<String, Object>> nodes(List<String> instances) {
        return IntStream.range(0, instances.size())
                .mapToObj(i -> Map.<String, Object>of(
                        "metadata", Map.of("name", "node-" + i),
                        "spec", Map.of("providerID", "aws:///eu-central-1a/" + instances.get(i))))
                .toList();
    }
}
