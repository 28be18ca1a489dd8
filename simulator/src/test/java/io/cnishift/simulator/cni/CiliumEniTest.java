package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Cilium's operator and agents in ENI mode, on m5.large: three interfaces of nine places, one address of its own each. */
final class CiliumEniTest {

    private static final int SLOTS = 9;

    @Test
    void keepsEightAddressesReadyBesidesTheTwoOfTheAgent() {
        CniWorld world = alone(Clusters.with(), Map.of());
        String node = world.node(0);
        assertThat(world.plane.agentReady(node)).isTrue();
        assertThat(pool(world, node))
                .as("8 first, and as many as are in use then")
                .isEqualTo(10);
        assertThat(Tree.map(tree(world, node), "status", "ipam", "used")).hasSize(2);
        assertThat(world.enis(node)).isEqualTo(2);
        assertThat(KubeProjection.ciliumNode(tree(world, node)).addresses()).hasValue(10);
    }

    @Test
    void givesPodsAddressesOfTheInterfacesAndRunsOutAtTheLimitOfTheType() {
        CniWorld world = alone(Clusters.with(), Map.of());
        String node = world.node(0);
        for (int i = 0; i < 3 * SLOTS - 2; i++) {
            assertThat(CniWorld.chosen(world.pod("p" + i, node))).as("pod " + i).containsExactly("cilium-eni");
            world.run(20);
        }
        assertThat(refusal(world.pod("last", node))).contains("No more IPs available");
        assertThat(world.enis(node)).isEqualTo(3);
        world.run(180);
        assertThat(refusal(world.retry("last"))).contains("No more IPs available");
        world.end(new ObjectKey("Pod", "web", "p3"));
        assertThat(CniWorld.chosen(world.retry("last"))).containsExactly("cilium-eni");
    }

    @Test
    void givesNothingBackUnlessToldTo() {
        for (boolean release : new boolean[] {false, true}) {
            CniWorld world = alone(Clusters.with(), Map.of("aws-release-excess-ips", String.valueOf(release)));
            String node = world.node(0);
            for (int i = 0; i < 8; i++) {
                world.pod("p" + i, node);
                world.run(20);
            }
            int most = pool(world, node);
            world.endAll(node);
            world.run(900);
            assertThat(most).isEqualTo(18);
            assertThat(pool(world, node)).isEqualTo(release ? 10 : 18);
        }
    }

    @Test
    void takesBlocksWherePrefixesAreDelegatedAndSingleAddressesWhereThereIsNone() {
        CniWorld blocks = alone(Clusters.with(), Map.of("aws-enable-prefix-delegation", "true"));
        assertThat(interfaces(blocks, blocks.node(0)))
                .flatExtracting(NetworkInterface::prefixes)
                .hasSize(1);
        assertThat(pool(blocks, blocks.node(0))).isEqualTo(16);
    }

    @Test
    void leavesThePrimaryInterfaceAloneAndTakesItsSecurityGroups() {
        CniWorld world = alone(Clusters.with(), Map.of("eni-first-interface-index", "1"));
        List<NetworkInterface> all = interfaces(world, world.node(0));
        assertThat(all.get(0).addresses()).hasSize(1);
        assertThat(all.get(1).description()).startsWith("Cilium-CNI (i-");
        assertThat(all.get(1).securityGroups()).isEqualTo(all.get(0).securityGroups());
        assertThat(pool(world, world.node(0))).isEqualTo(10);
    }

    @Test
    void keepsToTheNumbersOfItsSettings() {
        CniWorld least = alone(Clusters.with(), Map.of("ipam-min-allocate", "15"));
        assertThat(pool(least, least.node(0))).isEqualTo(15);
        CniWorld most = alone(Clusters.with(), Map.of("ipam-max-allocate", "4"));
        assertThat(pool(most, most.node(0))).isEqualTo(4);
    }

    @Test
    void saysOnTheNodeWhatTheSubnetsRefuseAndTriesAgain() {
        CniWorld world = CniWorld.of(Clusters.with().subnetPrefix(27).nodes(2).build());
        String node = world.node(0);
        world.ciliumConfig(settings(Map.of("ipam-min-allocate", "27")));
        world.operator();
        world.agent(node, "1.18.3");
        world.run(120);
        assertThat(Tree.text(tree(world, node), "status", "ipam", "operator-status", "error"))
                .hasValueSatisfying(e -> assertThat(e).contains("InsufficientFreeAddressesInSubnet"));
        assertThat(world.plane.agentReady(node)).isFalse();
    }

    @Test
    void goesWithItsNode() {
        CniWorld world = alone(Clusters.with(), Map.of());
        String node = world.node(0);
        world.kernel.objects().remove("Node", "", node);
        world.run(60);
        assertThat(world.kernel.objects().get("CiliumNode", "", node)).isEmpty();
    }

    /** A node that the VPC CNI has left, with nothing but its primary address. */
    private static CniWorld alone(Clusters clusters, Map<String, String> more) {
        CniWorld world = CniWorld.of(clusters.build());
        String node = world.node(0);
        world.endDaemon("aws-node");
        world.endAll(node);
        world.strip(node);
        world.ciliumConfig(settings(more));
        world.operator();
        world.agent(node, "1.18.3");
        world.run(180);
        return world;
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> config = new TreeMap<>(Map.of(
                "ipam",
                "eni",
                "routing-mode",
                "native",
                "write-cni-conf-when-ready",
                "/host/etc/cni/net.d/05-cilium.conflist",
                "cni-exclusive",
                "true"));
        config.putAll(more);
        return config;
    }

    private static Map<String, Object> tree(CniWorld world, String node) {
        return world.kernel.objects().get("CiliumNode", "", node).orElseThrow();
    }

    private static int pool(CniWorld world, String node) {
        return Tree.map(tree(world, node), "spec", "ipam", "pool").size();
    }

    private static List<NetworkInterface> interfaces(CniWorld world, String node) {
        return EniPool.of(world.kernel, node).orElseThrow().attached();
    }

    private static String refusal(Wiring wiring) {
        return wiring.fold(wired -> "", Wiring.Refused::reason);
    }
}
