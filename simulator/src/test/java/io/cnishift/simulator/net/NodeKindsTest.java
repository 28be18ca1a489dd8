package io.cnishift.simulator.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Ec2;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NodeKindsTest {

    private final Kernel kernel = Simulation.open(Asked.scenario("prod-75"), new WorldFactory.Settings(1, Map.of()))
            .kernel();
    private final NodeKinds kinds = NodeKinds.of(kernel);
    private final Ends ends = Ends.of(kernel);
    private final List<String> nodes =
            kernel.objects().list("Node").stream().map(n -> Pods.key(n).name()).toList();
    private final String one = nodes.get(0);
    private final String other = nodes.get(1);

    @Test
    void nodesThatNothingTellsApartAreOfOneKind() {
        assertThat(kind(one)).isSameAs(kind(other));
        assertThat(all()).hasSizeLessThan(5);
    }

    @Test
    void networkAclsTellSubnetsApartAndNotTheirNodes() {
        put(rule(100, true, "0.0.0.0/0"));

        int subnets = cloud().view().all(Part.SUBNETS, Subnet.class).size();
        assertThat(all()).hasSizeBetween(2, subnets);
    }

    @Test
    void aBlockOfANetworkAclTellsApartWhoIsInIt() {
        put(rule(100, true, "0.0.0.0/0"));
        int before = all().size();
        put(rule(10, false, host(one).address() + "/32"), rule(100, true, "0.0.0.0/0"));

        assertThat(all()).hasSize(before + 1);
    }

    @Test
    void aNodeWithoutPowerIsAnother() {
        Ec2.of(kernel).lose(ends.instanceOf(one).orElseThrow());

        assertThat(kind(one)).isNotSameAs(kind(other));
    }

    @Test
    void otherSecurityGroupsMakeAnother() {
        End host = host(one);
        End elsewhere = new End(
                host.kind(), host.name(), host.node(), host.address(), List.of("sg-other"), host.secondaryEni());

        assertThat(kinds.of(one, elsewhere)).isNotSameAs(kind(other));
    }

    @Test
    void aNodeWithoutKubeProxyIsAnother() {
        withoutDaemon("kube-proxy", one);

        assertThat(kind(one)).isNotSameAs(kind(other));
    }

    private void withoutDaemon(String name, String node) {
        kernel.objects().delete("DaemonSet", "kube-system", name, Optional.empty());
        PodIndexes.of(kernel).on(node).stream()
                .map(Pods::key)
                .filter(key -> key.name().startsWith(name))
                .forEach(key -> kernel.objects().remove("Pod", key.namespace(), key.name()));
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(1)));
    }

    private void put(NetworkAcl.Rule... rules) {
        List<String> subnets = cloud().view().all(Part.SUBNETS, Subnet.class).stream()
                .map(Subnet::id)
                .toList();
        cloud().put(new NetworkAcl("acl-default", true, subnets, List.of(rules)));
    }

    private static NetworkAcl.Rule rule(int number, boolean allow, String peer) {
        return new NetworkAcl.Rule(number, false, allow, "-1", -1, -1, peer);
    }

    private Set<NodeKind> all() {
        Set<NodeKind> all = new HashSet<>();
        nodes.forEach(node -> all.add(kind(node)));
        return all;
    }

    private NodeKind kind(String node) {
        return kinds.of(node, host(node));
    }

    private End host(String node) {
        return ends.host(node).orElseThrow();
    }

    private Cloud cloud() {
        return Cloud.of(kernel);
    }
}
