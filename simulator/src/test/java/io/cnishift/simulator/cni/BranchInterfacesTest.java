package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.PodEni;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.Ends;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Branch interfaces of pods: whose they are, how many there are, and when they go. */
final class BranchInterfacesTest {

    private final Kernel kernel = Simulation.open(
                    Clusters.with().podSecurityGroups("standard").build(), new WorldFactory.Settings(7, Map.of()))
            .kernel();
    private final String node =
            ObjectKey.of(kernel.objects().list("Node").iterator().next()).name();

    @Test
    void podsOfASnapshotHaveTheSecurityGroupsOfTheirs() {
        assertThat(api())
                .hasSize(2)
                .allSatisfy(
                        pod -> assertThat(Ends.of(kernel).pod(pod).orElseThrow().securityGroups())
                                .contains(Clusters.POD_SG));
        assertThat(branches()).hasSize(2);
    }

    @Test
    void aNewPodGetsOneBesideTheWarmPoolAndItsNodeGivesItBackAMinuteLater() {
        int free = free();
        int held = held();

        Wiring wiring = wire("api-more", Map.of("app", "api"));

        assertThat(CniWorld.chosen(wiring)).containsExactly(CniKind.VPC_CNI.toString());
        assertThat(branches())
                .hasSize(3)
                .last()
                .satisfies(b -> assertThat(b.securityGroups()).contains(Clusters.POD_SG));
        assertThat(free()).isEqualTo(free - 1);
        assertThat(held()).as("interfaces of the node itself").isEqualTo(held);

        kernel.objects().remove("Pod", "web", "api-more");
        pass(50);
        assertThat(branches()).as("cooling down").hasSize(3);
        pass(20);
        assertThat(branches()).hasSize(2);
        assertThat(free()).isEqualTo(free);
    }

    @Test
    void aPodThatNoPolicySelectsTakesFromTheWarmPool() {
        wire("other", Map.of("app", "other"));

        assertThat(branches()).hasSize(2);
    }

    @Test
    void theTypeLimitsHowManyANodeCarries() {
        long there = api().stream()
                .filter(p -> Pods.node(p).filter(node::equals).isPresent())
                .count();
        for (long i = there; i < 9; i++) {
            assertThat(wire("api-" + i, Map.of("app", "api"))).isInstanceOf(Wiring.Wired.class);
        }

        assertThat(reason(wire("api-last", Map.of("app", "api")))).contains("all 9 branch interfaces");
    }

    @Test
    void withoutATrunkThereIsNone() {
        Cloud cloud = Cloud.of(kernel);
        cloud.view().all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i -> i.type().equals("trunk"))
                .map(NetworkInterface::id)
                .toList()
                .forEach(id -> cloud.remove(Part.NETWORK_INTERFACES, id));

        assertThat(reason(wire("api-more", Map.of("app", "api")))).contains("no trunk interface");
    }

    @Test
    void aNodeThatAwsNodeStartsOnOffersAsManyAsItsTypeCarries() {
        kernel.objects().list("Pod").stream()
                .filter(p -> DaemonPods.daemon(p).filter("aws-node"::equals).isPresent())
                .map(ObjectKey::of)
                .toList()
                .forEach(k -> kernel.objects().delete(k.kind(), k.namespace(), k.name(), Optional.empty()));
        Cloud cloud = Cloud.of(kernel);
        cloud.view().all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i -> i.type().equals("trunk"))
                .map(NetworkInterface::id)
                .toList()
                .forEach(id -> cloud.remove(Part.NETWORK_INTERFACES, id));
        pass(120);

        assertThat(cloud.view().all(Part.NETWORK_INTERFACES, NetworkInterface.class))
                .filteredOn(i -> i.type().equals("trunk"))
                .hasSize(3);
        assertThat(kernel.objects().list("Node"))
                .allSatisfy(n -> assertThat(PodEni.offered(n)).isEqualTo(9));
    }

    private List<Map<String, Object>> api() {
        return kernel.objects().list("Pod", "web").stream()
                .filter(p -> ObjectKey.of(p).name().startsWith("api-"))
                .toList();
    }

    private List<NetworkInterface> branches() {
        return Cloud.of(kernel).view().all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i -> i.type().equals("branch"))
                .toList();
    }

    private int free() {
        return Cloud.of(kernel)
                .free(EniPool.of(kernel, node).orElseThrow().instance().subnet());
    }

    private int held() {
        return EniPool.of(kernel, node).orElseThrow().attached().size();
    }

    private void pass(int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }

    /** A pod of namespace web that is bound to the node and wired by hand. */
    private Wiring wire(String name, Map<String, String> labels) {
        Map<String, Object> pod = Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Trees.of("namespace", "web", "name", name, "labels", labels),
                "spec",
                Trees.of("nodeName", "elsewhere", "containers", List.of(Map.of("name", "main"))),
                "status",
                Trees.of("phase", "Pending"));
        return kernel.podNetwork().add(node, kernel.objects().create(pod, "test"));
    }

    private static String reason(Wiring wiring) {
        return wiring.fold(w -> "wired", Wiring.Refused::reason);
    }
}
