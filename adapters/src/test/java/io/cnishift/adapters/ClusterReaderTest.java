package io.cnishift.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cnishift.adapters.reading.PartReader;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.OwnerPort;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClusterReaderTest {

    private static final Resource SUBNET = new Subnet(
            "subnet-1",
            "",
            "eu-central-1a",
            Cidr.parse("10.0.0.0/24"),
            200,
            OptionalInt.empty(),
            Optional.empty(),
            false,
            List.of(),
            Map.of());
    private static final Resource GROUP = new SecurityGroup("sg-1", "", List.of(), List.of(), Map.of());
    private static final Resource NAMESPACE =
            KubeProjection.namespace(Map.of("metadata", Map.of("name", "shop", "uid", "uid-2")));

    private final FakeTime time = new FakeTime();

    @Test
    void putsTogetherWhatThePortsRead() {
        Unknown gap = new Unknown(Part.PODS, "pods", "forbidden", "allow it");
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> new Reading(List.of(node("node-1", "i-1")), List.of(gap, gap)),
                        parts -> new Reading(List.of(cluster(), SUBNET, GROUP, instance("i-1")), List.of())),
                "eks:shop",
                EnumSet.allOf(Part.class));

        assertThat(snapshot.source()).isEqualTo("eks:shop", EnumSet.allOf(Part.class));
        assertThat(snapshot.takenAt()).isEqualTo(time.now());
        assertThat(snapshot.cluster().name()).isEqualTo("shop");
        assertThat(snapshot.nodes()).hasSize(1);
        assertThat(snapshot.unknown()).containsExactly(gap);
        // A VPC that could not be read still has its id.
        assertThat(snapshot.vpc().id()).isEqualTo("vpc-1");
    }

    @Test
    void asksForNoPartThatNobodyWantsAndSaysSo() {
        List<Part> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.addAll(parts);
                            return reading();
                        },
                        parts -> reading(cluster(), SUBNET, GROUP)),
                "eks:shop",
                Part.ofOneCluster());

        assertThat(asked).contains(Part.PODS).doesNotContain(Part.OBJECTS, Part.DNS_RECORDS);
        assertThat(snapshot.unknown())
                .filteredOn(u -> !u.askedFor())
                .extracting(Unknown::part)
                .containsExactly(Part.ACCESS_ENTRIES, Part.ROLES, Part.DNS_RECORDS, Part.NEIGHBOURS, Part.OBJECTS);
    }

    @Test
    void tellsANodePoolFromAGroupOfTheSameName() {
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> reading(
                                group("default", NodeGroup.Kind.KARPENTER), group("other", NodeGroup.Kind.KARPENTER)),
                        parts -> reading(cluster(), GROUP, group("default", NodeGroup.Kind.MANAGED))),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(snapshot.nodeGroups())
                .extracting(NodeGroup::name)
                .containsExactly("default", "karpenter/default", "other");
    }

    @Test
    void findsTheNodePoolOfAnInstanceByTheNameThatItWasGiven() {
        List<Set<Part>> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.add(Set.copyOf(parts));
                            return reading(group("default", NodeGroup.Kind.KARPENTER));
                        },
                        parts -> reading(
                                cluster(),
                                SUBNET,
                                GROUP,
                                group("default", NodeGroup.Kind.MANAGED),
                                instance("i-1", Optional.of("karpenter/default")))),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(asked).hasSize(1);
        assertThat(snapshot.unknown()).isEmpty();
    }

    @Test
    void keepsANodePoolAndAGroupOfTheSameNameWhenItReadsAgain() {
        List<Set<Part>> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.add(Set.copyOf(parts));
                            return parts.contains(Part.NODE_GROUPS)
                                    ? reading(
                                            NAMESPACE,
                                            group("default", NodeGroup.Kind.KARPENTER),
                                            pod("web-1", "node-1"))
                                    : reading(node("node-1", "i-1"));
                        },
                        parts -> parts.contains(Part.NODE_GROUPS)
                                ? reading(
                                        cluster(),
                                        SUBNET,
                                        GROUP,
                                        group("default", NodeGroup.Kind.MANAGED),
                                        instance("i-1"))
                                : reading()),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(asked).hasSize(2);
        assertThat(snapshot.nodeGroups())
                .extracting(NodeGroup::name, NodeGroup::kind)
                .containsExactly(
                        tuple("default", NodeGroup.Kind.MANAGED), tuple("karpenter/default", NodeGroup.Kind.KARPENTER));
    }

    @Test
    void saysWhenBothSidesAreDifferentClusters() {
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> reading(node("node-1", "i-9")),
                        parts -> reading(cluster(), SUBNET, GROUP, instance("i-1"))),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(snapshot.unknown())
                .extracting(Unknown::subject)
                .containsExactly("whether both sides are one cluster", "i-9");
        assertThat(snapshot.unknown().get(0).remedy()).contains("--context");
    }

    @Test
    void readsAgainWhatCameWhileItWasRead() {
        List<Set<Part>> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.add(Set.copyOf(parts));
                            return asked.size() == 1
                                    ? reading(NAMESPACE, node("node-1", "i-1"), pod("web-1", "node-2"))
                                    : reading(node("node-2", "i-2"));
                        },
                        parts -> parts.contains(Part.CLUSTER)
                                ? reading(cluster(), SUBNET, GROUP, instance("i-1"), instance("i-2"))
                                : reading()),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(asked).containsExactly(EnumSet.allOf(Part.class), Set.of(Part.NODES));
        assertThat(snapshot.nodes()).extracting(Node::name).containsExactly("node-1", "node-2");
        assertThat(snapshot.pods()).hasSize(1);
        assertThat(snapshot.unknown()).isEmpty();
    }

    @Test
    void readsAgainWhatTheSecondReadingNames() {
        List<Set<Part>> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.add(Set.copyOf(parts));
                            return parts.contains(Part.PODS)
                                    ? reading(NAMESPACE, node("node-1", "i-1"), pod("web-1", "node-2"))
                                    : parts.contains(Part.NODES) ? reading(node("node-2", "i-2")) : reading();
                        },
                        parts -> parts.contains(Part.CLUSTER)
                                ? reading(cluster(), SUBNET, GROUP, instance("i-1"))
                                : parts.contains(Part.INSTANCES) ? reading(instance("i-2")) : reading()),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(asked).containsExactly(EnumSet.allOf(Part.class), Set.of(Part.NODES), Set.of(Part.INSTANCES));
        assertThat(snapshot.instances()).extracting(Instance::id).containsExactly("i-1", "i-2");
        assertThat(snapshot.unknown()).isEmpty();
    }

    @Test
    void givesUpOnAClusterThatNamesSomethingNewAtEveryReading() {
        List<Set<Part>> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.add(Set.copyOf(parts));
                            return reading(node("node-" + asked.size(), "i-" + asked.size()));
                        },
                        parts -> parts.contains(Part.CLUSTER) ? reading(cluster(), SUBNET, GROUP) : reading()),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(asked).hasSize(4);
        assertThat(snapshot.unknown())
                .extracting(Unknown::part, Unknown::subject)
                .containsExactly(tuple(Part.INSTANCES, "i-1, i-2, i-3 and 1 more"));
    }

    @Test
    void whatStaysAwayIsUnknownAndNoReasonToReadItForEver() {
        List<Set<Part>> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.add(Set.copyOf(parts));
                            return reading(
                                    node("node-1", "i-1"),
                                    node("node-2", "i-2"),
                                    node("node-3", "i-3"),
                                    node("node-4", "i-4"));
                        },
                        parts -> reading(cluster(), SUBNET, GROUP)),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(asked).hasSize(2);
        assertThat(snapshot.nodes()).hasSize(4);
        assertThat(snapshot.unknown())
                .extracting(Unknown::part, Unknown::subject)
                .containsExactly(tuple(Part.INSTANCES, "i-1, i-2, i-3 and 1 more"));
    }

    @Test
    void leavesOutAPodWhoseNodeIsGone() {
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> parts.contains(Part.PODS)
                                ? reading(
                                        NAMESPACE,
                                        node("node-1", "i-1"),
                                        pod("web-1", "node-1"),
                                        pod("web-2", "spot-gone"))
                                : reading(node("node-1", "i-1")),
                        parts -> parts.contains(Part.CLUSTER)
                                ? reading(cluster(), SUBNET, GROUP, instance("i-1"))
                                : reading()),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(snapshot.pods()).extracting(Pod::name).containsExactly("web-1");
        assertThat(snapshot.unknown()).isEmpty();
    }

    @Test
    void keepsAPodWhenItsNodeCouldNotBeReadAgain() {
        Unknown gap = new Unknown(Part.NODES, "nodes", "timed out", "read again");
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> parts.contains(Part.PODS)
                                ? reading(NAMESPACE, node("node-1", "i-1"), pod("web-1", "node-2"))
                                : new Reading(List.of(), List.of(gap)),
                        parts -> parts.contains(Part.CLUSTER)
                                ? reading(cluster(), SUBNET, GROUP, instance("i-1"))
                                : reading()),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(snapshot.pods()).extracting(Pod::name).containsExactly("web-1");
        assertThat(snapshot.unknown()).containsExactly(gap);
    }

    @Test
    void aPartThatCouldNotBeReadIsNotAskedForAgain() {
        Unknown gap = new Unknown(Part.NODES, "nodes", "forbidden", "allow it");
        List<Set<Part>> asked = new ArrayList<>();
        ClusterSnapshot snapshot = ClusterReader.read(
                world(
                        parts -> {
                            asked.add(Set.copyOf(parts));
                            return new Reading(List.of(NAMESPACE, pod("web-1", "node-1")), List.of(gap));
                        },
                        parts -> reading(cluster(), GROUP)),
                "eks:shop",
                EnumSet.allOf(Part.class));
        assertThat(asked).hasSize(1);
        assertThat(snapshot.unknown()).containsExactly(gap);
    }

    private World world(PartReader kubernetes, PartReader aws) {
        return new World(
                new ReadablePort(kubernetes),
                new ReadablePort(aws),
                new ReadablePort(parts -> reading()),
                question -> new Answer(Answer.Verdict.UNKNOWN, "", time.now()),
                OwnerPort.toldByHand(),
                time,
                List::of,
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

    private static Resource pod(String name, String node) {
        return KubeProjection.pod(Map.of(
                "metadata", Map.of("name", name, "namespace", "shop", "uid", name),
                "spec", Map.of("nodeName", node)));
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
                Map.of(),
                OptionalInt.empty());
    }

    private static Instance instance(String id) {
        return instance(id, Optional.empty());
    }

    private static Instance instance(String id, Optional<String> group) {
        return new Instance(
                id,
                "m5.large",
                "eu-central-1a",
                "subnet-1",
                group,
                "running",
                "10.0.0.1",
                "ami-1",
                1,
                List.of(),
                Instant.EPOCH,
                OptionalLong.empty(),
                false,
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
