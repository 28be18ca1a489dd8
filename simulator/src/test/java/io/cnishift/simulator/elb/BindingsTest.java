package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.AwsBehaviours;
import io.cnishift.simulator.cni.CniBehaviours;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.NodesByInstance;
import io.cnishift.simulator.net.NetBehaviours;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BindingsTest {
    private final Kernel kernel = Simulation.open(
                    Clusters.with().targetType("instance").build(),
                    new WorldFactory.Settings(1, Map.of()),
                    Stream.of(AwsBehaviours.all(), CniBehaviours.all(), NetBehaviours.all(), ElbBehaviours.all())
                            .flatMap(List::stream)
                            .toList())
            .kernel();

    @Test
    void whoSomebodyTakesOutOfABoundGroupComesBackEveryTime() {
        run(60);
        for (int i = 0; i < 2; i++) {
            Target target = healthy().get(0);
            TargetGroups.of(kernel).deregister(group().arn(), List.of(new Member(target.id(), target.port())));
            assertThat(healthy()).doesNotContain(target);
            run(600);

            assertThat(healthy()).contains(target);
        }
    }

    @Test
    void aNodeThatIsExcludedFromLoadBalancersLeavesUntilItIsNotAnyMore() {
        run(60);
        Target target = healthy().get(0);
        String node = NodesByInstance.of(kernel).named(target.id()).get(0);
        String label = "node.kubernetes.io/exclude-from-external-load-balancers";
        kernel.objects().update("Node", "", node, "test", n -> Trees.with(n, "true", "metadata", "labels", label));
        run(600);
        assertThat(group().targets()).extracting(Target::id).doesNotContain(target.id());

        kernel.objects().update("Node", "", node, "test", n -> Trees.without(n, "metadata", "labels", label));
        run(600);
        assertThat(healthy()).contains(target);
    }

    private TargetGroup group() {
        return TargetGroups.of(kernel).all().iterator().next();
    }

    private List<Target> healthy() {
        return group().targets().stream()
                .filter(t -> t.health().equals("healthy"))
                .toList();
    }

    private void run(int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }
}
