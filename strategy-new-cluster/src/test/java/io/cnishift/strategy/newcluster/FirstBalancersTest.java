package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Load balancers on which the deletion of the first cluster waits. */
final class FirstBalancersTest {

    private static final ClusterSnapshot CLEAN = Asked.scenario("clean-cluster");
    private static final String CLASSIC = "a1b2c3-1234567890.eu-central-1.elb.amazonaws.com";

    private static Optional<Finding> left(ClusterSnapshot of, Resource... more) {
        List<Resource> all = new ArrayList<>(of.resources().toList());
        all.addAll(List.of(more));
        return new FirstBalancers(View.of(ClusterSnapshot.of(of.source(), of.takenAt(), all, List.of()))).left();
    }

    private static Service service(Optional<String> balancerClass, Map<String, String> annotations) {
        return new Service(
                "default",
                "edge",
                "u1",
                "1",
                "LoadBalancer",
                Optional.of("172.20.0.9"),
                Map.of("app", "edge"),
                List.of(),
                "Cluster",
                balancerClass,
                Optional.of(CLASSIC),
                Map.of(),
                annotations,
                Owner.NONE);
    }

    private static LoadBalancer tagged(String key, String value) {
        return new LoadBalancer(
                "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/front/0123456789abcdef",
                "front",
                "application",
                "internal",
                List.of(),
                List.of(),
                List.of(),
                Map.of(key, value));
    }

    @Test
    void oneOfEksIsTakenAwayByItsService() {
        assertThat(left(CLEAN, service(Optional.empty(), Map.of()))).hasValueSatisfying(f -> {
            assertThat(f.subject()).isEqualTo("Service default/edge");
            assertThat(f.remedy()).contains("kubectl delete service edge --namespace default");
        });
    }

    @Test
    void oneOfTheControllerIsLookedForAmongLoadBalancers() {
        assertThat(left(CLEAN, service(Optional.of("service.k8s.aws/nlb"), Map.of())))
                .isEmpty();
        assertThat(left(
                        CLEAN,
                        service(
                                Optional.empty(),
                                Map.of("service.beta.kubernetes.io/aws-load-balancer-type", "external"))))
                .isEmpty();
    }

    @Test
    void oneThatIsSharedWithTheClusterIsSomebodyElses() {
        assertThat(left(CLEAN, tagged("kubernetes.io/cluster/clean-cluster", "shared")))
                .isEmpty();
        assertThat(left(CLEAN, tagged("kubernetes.io/cluster/clean-cluster", "owned")))
                .hasValueSatisfying(f -> assertThat(f.remedy()).contains("delete-load-balancer"));
    }

    @Test
    void oneThatClientsComeByIsNotToBeDeleted() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");

        assertThat(left(minnie)).hasValueSatisfying(f -> {
            assertThat(f.message()).contains("DNS record www.minnie-wallace.example A still sends clients to it");
            assertThat(f.remedy()).doesNotContain("delete-load-balancer");
        });
        assertThat(left(ClusterSnapshot.of(
                        minnie.source(),
                        minnie.takenAt(),
                        minnie.resources()
                                .map(r -> r instanceof DnsRecord record ? record.weighing(0) : r)
                                .toList(),
                        List.of())))
                .hasValueSatisfying(f -> assertThat(f.remedy()).contains("delete-load-balancer"));
    }
}
