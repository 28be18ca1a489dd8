package io.cnishift.simulator.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Behaviours;
import io.cnishift.simulator.world.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ImagePullTest {

    private static final String QUAY = "quay.io/cilium/cilium:v1.20.0";
    private static final String ECR = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/cilium/cilium:v1.20.0";

    private final ClusterSnapshot closed = Clusters.with().noWayOut().build();

    @Test
    void anyRegistryIsReachedThroughANatGateway() {
        assertThat(pull(Clusters.healthy(), QUAY)).isEmpty();
        assertThat(pull(Clusters.healthy(), ECR)).isEmpty();
    }

    @Test
    void withoutAWayOutARegistryIsReachedOnlyWhenPodsCameFromIt() {
        assertThat(pull(closed, QUAY))
                .hasValueSatisfying(why -> assertThat(why).contains(QUAY).contains("has no default route"));
        assertThat(pull(closed, "example.org/other:2")).isEmpty();
        assertThat(pull(closed, "redis:7"))
                .as("docker.io, as eks/coredns of this cluster")
                .isEmpty();
    }

    @Test
    void ecrIsReachedByItsTwoEndpointsAndThatOfS3() {
        assertThat(pull(closed, ECR)).isPresent();
        assertThat(pull(with(true, "ecr.api", "ecr.dkr"), ECR)).isEmpty();
        assertThat(pull(with(true, "ecr.dkr"), ECR)).isPresent();
        assertThat(pull(with(false, "ecr.api", "ecr.dkr"), ECR)).isPresent();
        assertThat(pull(with(true, "ecr.api", "ecr.dkr"), ECR.replace("eu-central-1", "us-east-1")))
                .as("another region")
                .isPresent();
        assertThat(pull(with(true, "ecr.api", "ecr.dkr"), QUAY)).isPresent();
    }

    @Test
    void whatComesWithTheNodesOwnImageNeedsNoPull() {
        assertThat(pull(closed, "602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/kube-proxy:v1.33.0"))
                .isEmpty();
    }

    private static Optional<String> pull(ClusterSnapshot snapshot, String image) {
        Node node = snapshot.nodes().get(0);
        return Simulation.open(snapshot, new Settings(7, Map.of()), Behaviours.all())
                .kernel()
                .containers()
                .pull(node.name(), image);
    }

    /** The closed cluster with endpoints of those services. */
    private ClusterSnapshot with(boolean s3, String... services) {
        List<Resource> all = new ArrayList<>(closed.resources()
                .map(r -> s3 && r instanceof RouteTable t ? toS3(t) : r)
                .toList());
        NetworkInterface one = closed.resources()
                .filter(NetworkInterface.class::isInstance)
                .map(NetworkInterface.class::cast)
                .findFirst()
                .orElseThrow();
        for (String service : services) {
            all.add(new NetworkInterface(
                    "eni-" + service,
                    one.subnet(),
                    "vpc_endpoint",
                    "VPC Endpoint Interface com.amazonaws.eu-central-1." + service,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of()));
        }
        return ClusterSnapshot.of(closed.source(), closed.takenAt(), all, List.of());
    }

    private static RouteTable toS3(RouteTable table) {
        return new RouteTable(
                table.id(),
                table.main(),
                table.subnets(),
                Stream.concat(table.routes().stream(), Stream.of(new RouteTable.Route("pl-6ea54007", "vpce-0a")))
                        .toList());
    }
}
