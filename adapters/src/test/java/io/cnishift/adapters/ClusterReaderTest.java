package io.cnishift.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.adapters.reading.PartReader;
import io.cnishift.adapters.reading.ReadOnlyPort;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ClusterReaderTest {

    private final FakeTime time = new FakeTime();

    @Test
    void putsTogetherWhatThePortsRead() {
        Unknown gap = new Unknown(Part.PODS, "pods", "forbidden", "allow it");
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> new Reading(List.of(node("node-1", "i-1")), List.of(gap, gap)),
                        parts -> new Reading(List.of(cluster(), instance("i-1")), List.of())),
                "eks:shop");

        assertThat(snapshot.source()).isEqualTo("eks:shop");
        assertThat(snapshot.takenAt()).isEqualTo(time.now());
        assertThat(snapshot.cluster().name()).isEqualTo("shop");
        assertThat(snapshot.nodes()).hasSize(1);
        assertThat(snapshot.unknown()).containsExactly(gap);
        // A VPC that could not be read still has its id.
        assertThat(snapshot.vpc().id()).isEqualTo("vpc-1");
    }

    @Test
    void tellsANodePoolFromAGroupOfTheSameName() {
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> reading(
                                group("default", NodeGroup.Kind.KARPENTER), group("other", NodeGroup.Kind.KARPENTER)),
                        parts -> reading(cluster(), group("default", NodeGroup.Kind.MANAGED))),
                "eks:shop");
        assertThat(snapshot.nodeGroups())
                .extracting(NodeGroup::name)
                .containsExactly("default", "karpenter/default", "other");
    }

    @Test
    void saysWhenBothSidesAreDifferentClusters() {
        ClusterSnapshot snapshot = ClusterReader.read(
                world(parts -> reading(node("node-1", "i-9")), parts -> reading(cluster(), instance("i-1"))),
                "eks:shop");
        assertThat(snapshot.unknown())
                .extracting(Unknown::subject)
                .containsExactly("whether both sides are one cluster");
        assertThat(snapshot.unknown().get(0).remedy()).contains("--context");
    }

    @Test
    void refusesEveryActOnARealCluster() {
        ReadOnlyPort port = new ReadOnlyPort(parts -> reading());
        CordonNode act = new CordonNode("node-1", "uid-1");
        assertThat(port.perform(act))
                .isEqualTo(new ActResult.Refused(
                        ActResult.Reason.INVALID,
                        "applying to a real cluster is not part of this version; plan and rehearse work"));
        assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> port.before(act));
    }

    private World world(PartReader kubernetes, PartReader aws) {
        return new World(
                new ReadOnlyPort(kubernetes),
                new ReadOnlyPort(aws),
                new ReadOnlyPort(parts -> reading()),
                question -> new Answer(Answer.Verdict.UNKNOWN, "", time.now()),
                time,
                List::of,
                List::of);
    }

    private static Reading reading(Resource... resources) {
        return new Reading(List.of(resources), List.of());
    }

    private static Resource node(String name, String instance) {
        return KubeProjection.node(Map.of(
                "metadata", Map.of("name", name),
                "spec", Map.of("providerID", "aws:///eu-central-1a/" + instance)));
    }

    private static Cluster cluster() {
        return new Cluster(
                "shop",
                "arn:aws:eks:eu-central-1:123456789012:cluster/shop",
                "123456789012",
                "eu-central-1",
                "1.33",
                "ACTIVE",
                "https://shop.example",
                false,
                true,
                Cidr.parse("172.20.0.0/16"),
                Cluster.IpFamily.IPV4,
                "API",
                false,
                false,
                List.of(),
                List.of(),
                "sg-1",
                "vpc-1",
                "uid-1",
                Optional.empty(),
                false,
                Map.of());
    }

    private static Instance instance(String id) {
        return new Instance(
                id,
                "m5.large",
                "eu-central-1a",
                "subnet-1",
                Optional.empty(),
                "running",
                "10.0.0.1",
                "ami-1",
                1,
                List.of(),
                Instant.EPOCH,
                OptionalLong.empty(),
                false);
    }

    private static NodeGroup group(String name, NodeGroup.Kind kind) {
        return new NodeGroup(
                name,
                kind,
                "ACTIVE",
                Optional.empty(),
                0,
                1,
                1,
                List.of("m5.large"),
                "CUSTOM",
                "on-demand",
                List.of(),
                Optional.empty(),
                NodeGroup.MaxPodsBy.ENI_FORMULA,
                OptionalInt.empty(),
                Map.of(),
                List.of(),
                "",
                false,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Owner.NONE);
    }
}
