package io.cnishift.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.cluster.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class InterfaceComplaintsTest {

    private final ViewFeed feed = new ViewFeed();
    private final View view = feed.view();

    @Test
    void aNodeWithNeitherABlockNorSingleAddressesIsNamed() {
        awsNode("true");
        node("old", List.of("10.0.0.4", "10.0.0.5"), List.of());
        node("new", List.of("10.0.0.6"), List.of(Cidr.parse("10.0.0.16/28")));
        node("bare", List.of("10.0.0.7"), List.of());

        assertThat(InterfaceComplaints.withoutPrefix(view)).containsExactly("Node bare holds no block of addresses");
    }

    @Test
    void withoutTheModeThereIsNothingToHold() {
        awsNode("false");
        node("old", List.of("10.0.0.4", "10.0.0.5"), List.of());

        assertThat(InterfaceComplaints.withoutPrefix(view)).containsExactly("aws-node does not delegate prefixes");
        assertThat(InterfaceComplaints.noPrefixes(view)).isPresent();
    }

    @Test
    void anInterfaceThatOutlivedItsNodeIsNamed() {
        attach("eni-1", "aws-K8S-i-1", Optional.of("i-1"), List.of("10.0.0.4"), List.of());
        attach("eni-2", "aws-K8S-i-2", Optional.empty(), List.of("10.0.0.5"), List.of());
        attach("eni-3", "RDSNetworkInterface", Optional.empty(), List.of("10.0.0.6"), List.of());

        assertThat(InterfaceComplaints.stray(view))
                .singleElement()
                .asString()
                .startsWith("interface eni-2 hangs on no node");
    }

    private void awsNode(String prefixes) {
        Map<String, Object> container = Map.of(
                "name",
                "aws-node",
                "image",
                "cni:v1.20.4",
                "env",
                List.of(Map.of("name", "ENABLE_PREFIX_DELEGATION", "value", prefixes)));
        feed.apply(Change.of(new Workload(
                "DaemonSet",
                "kube-system",
                "aws-node",
                "uid",
                "1",
                1,
                1,
                3,
                3,
                3,
                3,
                "RollingUpdate",
                Optional.empty(),
                Optional.empty(),
                false,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("containers", List.of(container)),
                List.of(),
                false,
                List.of(),
                List.of(),
                Owner.NONE)));
    }

    private void node(String name, List<String> addresses, List<Cidr> prefixes) {
        feed.apply(Change.of(new Instance(
                "i-" + name,
                "m5.large",
                "eu-west-1a",
                "subnet-1",
                Optional.empty(),
                "running",
                addresses.get(0),
                "ami-1",
                2,
                List.of(),
                Instant.EPOCH,
                OptionalLong.empty(),
                false,
                false)));
        feed.apply(Change.of(new Node(
                name,
                "uid-" + name,
                "1",
                Optional.of("i-" + name),
                Map.of(),
                Map.of(),
                List.of(),
                false,
                true,
                110,
                2000,
                4000,
                "6.12",
                "amd64",
                "Linux",
                addresses.get(0),
                Instant.EPOCH)));
        attach("eni-" + name, "", Optional.of("i-" + name), addresses, prefixes);
    }

    private void attach(
            String id, String description, Optional<String> instance, List<String> addresses, List<Cidr> prefixes) {
        feed.apply(Change.of(new NetworkInterface(
                id, "subnet-1", "interface", description, instance, addresses, prefixes, List.of())));
    }
}
