package io.cnishift.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A second cluster of the family IPv6, and what it does not work with. */
final class Ipv6ClusterTest {

    private static final String NAME = "clean-cluster-green";

    private final ClusterSnapshot clean = Asked.scenario("clean-cluster");
    private final List<String> subnets = clean.cluster().controlPlaneSubnets();

    private static ClusterSnapshot with(ClusterSnapshot snapshot, UnaryOperator<Resource> change) {
        return ClusterSnapshot.of(
                snapshot.source(),
                snapshot.takenAt(),
                snapshot.resources().map(change).toList(),
                List.of());
    }

    private static Resource withBlock(Resource resource, Optional<Subnet.Ipv6> block) {
        return resource instanceof Subnet s ? s.with(block) : resource;
    }

    private static Resource ofType(Resource resource, String type) {
        return resource instanceof NodeGroup g
                ? new NodeGroup(
                        g.name(),
                        g.kind(),
                        g.status(),
                        g.autoScalingGroup(),
                        g.minSize(),
                        g.maxSize(),
                        g.desiredSize(),
                        List.of(type),
                        g.amiType(),
                        g.capacityType(),
                        g.subnets(),
                        g.launchTemplate(),
                        g.maxPodsBy(),
                        g.maxPods(),
                        g.labels(),
                        g.taints(),
                        g.nodeRole(),
                        g.autoRepair(),
                        g.issues(),
                        g.targetGroups(),
                        g.suspendedProcesses(),
                        g.tags(),
                        g.owner())
                : resource;
    }

    /** A pair of clusters of which the second is there, with its network and one node. */
    private final class Made {
        private final Simulation simulation;
        private final World second;

        Made(ClusterSnapshot first, Map<String, String> faults) {
            simulation = Simulation.pair(first, Unmade.beside(first, NAME), new Settings(1, faults));
            second = simulation.world().second().orElseThrow();
        }

        ActResult cluster() {
            return second.aws()
                    .perform(new CreateCluster(NAME, "clean-cluster", "1.35", subnets, IpFamily.IPV6, Map.of()));
        }

        Made up() {
            assertThat(cluster().done()).isTrue();
            pass(12);
            simulation
                    .world()
                    .aws()
                    .perform(new CreateTemplateVersion(
                            "lt-0da14e4aaa423ac19",
                            3,
                            "for green",
                            Optional.empty(),
                            OptionalInt.of(110),
                            OptionalInt.empty(),
                            Map.of(),
                            List.of(),
                            Map.of(),
                            Optional.of(NAME)));
            does(new CreateAddon(
                    "vpc-cni", "", Map.of(), Optional.of("arn:aws:iam::444455556666:role/clean-cluster-vpc-cni")));
            does(new CreateAddon("kube-proxy", "", Map.of(), Optional.empty()));
            does(new CreateNodeGroup(
                    "workers",
                    "workers",
                    OptionalLong.of(4),
                    Map.of(),
                    List.of(),
                    1,
                    2,
                    1,
                    subnets,
                    Map.of(),
                    Optional.of("clean-cluster")));
            pass(5);
            does(new CreateAddon("coredns", "", Map.of(), Optional.empty()));
            pass(15);
            return this;
        }

        void does(Act act) {
            assertThat(second.aws().perform(act).done()).isTrue();
        }

        void pass(int minutes) {
            simulation
                    .kernel()
                    .clock()
                    .runUntil(simulation.kernel().clock().now().plus(Duration.ofMinutes(minutes)));
        }

        <R extends Resource> List<R> aws(Part part, Class<R> type) {
            return second.aws().read(Set.of(part)).resources().stream()
                    .map(type::cast)
                    .toList();
        }

        <R extends Resource> List<R> kube(Part part, Class<R> type) {
            return second.kubernetes().read(Set.of(part)).resources().stream()
                    .map(type::cast)
                    .toList();
        }

        List<Pod> dns() {
            return kube(Part.PODS, Pod.class).stream()
                    .filter(p -> p.name().startsWith("coredns-"))
                    .toList();
        }

        String status(String addon) {
            return aws(Part.ADDONS, Addon.class).stream()
                    .filter(a -> a.name().equals(addon))
                    .map(Addon::status)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void itsPodsHaveAddressesOfTheBlockOfTheirNode() {
        Made made = new Made(clean, Map.of()).up();

        assertThat(made.aws(Part.CLUSTER, Cluster.class))
                .singleElement()
                .satisfies(c -> assertThat(c.ipFamily()).isEqualTo(IpFamily.IPV6))
                .satisfies(c -> assertThat(c.serviceCidr().ipv4()).isFalse());
        assertThat(made.dns())
                .hasSize(2)
                .allMatch(p -> p.address().orElseThrow().startsWith("2001:db8:14e4:a0"))
                .extracting(Pod::address)
                .doesNotHaveDuplicates();
        assertThat(made.status("coredns")).isEqualTo("ACTIVE");
    }

    @Test
    void itIsNotMadeInSubnetsWithoutABlock() {
        Made made = new Made(with(clean, r -> withBlock(r, Optional.empty())), Map.of());

        assertThat(made.cluster())
                .isInstanceOfSatisfying(
                        ActResult.Refused.class,
                        refused -> assertThat(refused.message()).contains("has no IPv6 CIDR block"));
    }

    @Test
    void noNodeJoinsWhereItGetsNoAddressAtLaunch() {
        Made made = new Made(
                        with(
                                clean,
                                r -> r instanceof Subnet s
                                        ? withBlock(r, s.ipv6().map(b -> new Subnet.Ipv6(b.cidr(), false)))
                                        : r),
                        Map.of())
                .up();

        assertThat(made.kube(Part.NODES, Node.class)).isEmpty();
        assertThat(made.aws(Part.NODE_GROUPS, NodeGroup.class))
                .singleElement()
                .satisfies(g -> assertThat(g.status()).isEqualTo("CREATE_FAILED"))
                .satisfies(g -> assertThat(g.issues().toString()).contains("Ec2SubnetMissingIpv6Assignment"));
    }

    @Test
    void withoutTheRightToAssignThemNodesAreReadyAndPodsWait() {
        Made made = new Made(clean, Map.of("ipv6-rights", "none")).up();

        assertThat(made.kube(Part.NODES, Node.class)).singleElement().matches(Node::ready);
        assertThat(made.dns()).hasSize(2).allMatch(p -> p.address().isEmpty());
        assertThat(made.status("coredns")).isEqualTo("DEGRADED");
    }

    @Test
    void aTypeWithoutBlocksIsNeverReady() {
        Made made = new Made(with(clean, r -> ofType(r, "t2.medium")), Map.of()).up();

        assertThat(made.kube(Part.NODES, Node.class)).singleElement().matches(n -> !n.ready());
    }

    @Test
    void aProgramThatListensByIpv4AloneIsNeverReady() {
        Made made = new Made(clean, Map.of()).up();
        for (String on : List.of("0.0.0.0", "[::]")) {
            made.second
                    .kubernetes()
                    .perform(new CreateObject(Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Pod",
                            "metadata",
                            Map.of("namespace", "default", "name", on.equals("[::]") ? "both" : "one"),
                            "spec",
                            Map.of(
                                    "containers",
                                    List.of(Map.of(
                                            "name",
                                            "c",
                                            "image",
                                            "444455556666.dkr.ecr.eu-central-1.amazonaws.com/a:1",
                                            "args",
                                            List.of("--listen=" + on + ":8080"),
                                            "readinessProbe",
                                            Map.of("httpGet", Map.of("path", "/", "port", 8080))))))));
        }
        made.pass(5);

        assertThat(made.kube(Part.PODS, Pod.class))
                .filteredOn(p -> p.namespace().equals("default"))
                .filteredOn(Pod::ready)
                .extracting(Pod::name)
                .containsExactly("both");
    }

    @Test
    void aServiceOfTheOtherFamilyIsRefused() {
        Made made = new Made(clean, Map.of()).up();

        assertThat(service(made, Map.of("ipFamilies", List.of("IPv4")))).contains("not configured on this cluster");
        assertThat(service(made, Map.of("ipFamilyPolicy", "RequireDualStack")))
                .contains("not configured for dual-stack");
        assertThat(service(made, Map.of("clusterIP", "10.100.7.7"))).contains("not in the valid range");
        assertThat(service(made, Map.of("ipFamilyPolicy", "PreferDualStack"))).isEmpty();
    }

    private static String service(Made made, Map<String, Object> more) {
        Map<String, Object> spec = new TreeMap<>(more);
        spec.put("ports", List.of(Map.of("port", 80)));
        return made.second
                .kubernetes()
                .perform(new CreateObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Map.of("namespace", "default", "name", "a"),
                        "spec",
                        spec)))
                .fold(done -> "", ActResult.Refused::message);
    }
}
