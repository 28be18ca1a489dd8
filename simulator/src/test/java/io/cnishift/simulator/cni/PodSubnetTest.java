package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.AwsApi;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which subnet the next interface of a node comes, and that it goes back there. */
final class PodSubnetTest {

    private static final Cidr PODS = Cidr.parse("100.64.0.0/18");
    private static final String TAG = "kubernetes.io/role/cni";
    private static final int SETTLE = 300;

    private final CniWorld world =
            CniWorld.of(Clusters.with().nodes(1).subnetPrefix(24).build());
    private final String node = world.node(0);
    private final String vpc = Cloud.of(world.kernel).view().vpc().id();

    @ParameterizedTest
    @CsvSource({
        "v1.17.1, 1, true, false",
        "v1.18.0, 1, true, true",
        "v1.18.0, '', true, false",
        "v1.20.4, 0, true, true",
        "v1.22.1, 0, true, false",
        "v1.22.1, 1, false, false"
    })
    void aTaggedSubnetOfTheZoneWithMostFreeAddressesIsUsed(
            String version, String tag, boolean discovery, boolean used) {
        install(version);
        subnet(tag);
        restart(Map.of("WARM_ENI_TARGET", "2", "ENABLE_SUBNET_DISCOVERY", String.valueOf(discovery)));

        assertThat(inPods()).isEqualTo(used ? 1 : 0);
    }

    @Test
    void anInterfaceLeavesAnExcludedSubnetWithItsLastPod() {
        install("v1.22.1");
        subnet("1");
        world.endAll(node);
        restart(Map.of("WARM_ENI_TARGET", "2", "MAX_ENI", "3"));
        for (int i = 0; i < 20; i++) {
            world.pod("p" + i, node);
        }
        assertThat(inPods()).isEqualTo(1);
        perform(new CreateSubnetTag(vpc, PODS, TAG, "0"));
        world.run(SETTLE);
        assertThat(inPods()).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            world.end(new ObjectKey("Pod", "web", "p" + i));
        }
        world.run(SETTLE);

        assertThat(inPods()).isZero();
    }

    @Test
    void withCustomNetworkingTheEniConfigOfTheNameThatTheNodeGivesDecides() {
        String subnet = subnet("");
        eniConfig("by-annotation", subnet);
        eniConfig("eu-west-1a", "subnet-none");
        world.kernel
                .objects()
                .update(
                        "Node",
                        "",
                        node,
                        "test",
                        n -> Trees.with(n, "by-annotation", "metadata", "annotations", "k8s.amazonaws.com/eniConfig"));
        restart(Map.of(
                "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true", "ENI_CONFIG_LABEL_DEF", "topology.kubernetes.io/zone"));

        assertThat(inPods()).isPositive();
    }

    private void install(String version) {
        world.kernel
                .objects()
                .update(
                        "DaemonSet",
                        "kube-system",
                        "aws-node",
                        "test",
                        d -> Trees.with(
                                d,
                                List.of(Map.of("name", "aws-node", "image", "x/amazon-k8s-cni:" + version)),
                                "spec",
                                "template",
                                "spec",
                                "containers"));
    }

    private void restart(Map<String, String> env) {
        world.endDaemon("aws-node");
        world.strip(node);
        world.awsNode(node, env);
        world.run(SETTLE);
    }

    private String subnet(String tag) {
        perform(new AssociateCidrBlock(vpc, Cidr.parse("100.64.0.0/16")));
        world.run(10);
        perform(new CreateSubnet(vpc, "eu-west-1a", PODS, tag.isEmpty() ? Map.of() : Map.of(TAG, tag)));
        return Cloud.of(world.kernel).view().subnets().stream()
                .filter(s -> s.cidr().equals(PODS))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void perform(Act act) {
        assertThat(AwsApi.acts(world.kernel).perform(act).orElseThrow().done()).isTrue();
    }

    private void eniConfig(String name, String subnet) {
        world.kernel
                .objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "crd.k8s.amazonaws.com/v1alpha1",
                                "kind",
                                "ENIConfig",
                                "metadata",
                                Map.of("name", name),
                                "spec",
                                Map.of("subnet", subnet)),
                        "test");
    }

    private long inPods() {
        return EniPool.of(world.kernel, node).orElseThrow().attached().stream()
                .map(NetworkInterface::subnet)
                .filter(id -> Cloud.of(world.kernel)
                        .view()
                        .subnet(id)
                        .filter(s -> s.cidr().equals(PODS))
                        .isPresent())
                .count();
    }
}
