package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A target group that the controller makes again is called what it was called before. */
final class TargetGroupNamesTest {

    private static final String TYPE = "alb.ingress.kubernetes.io/target-type";

    private final Kernel kernel = Simulation.open(
                    Asked.scenario("minnie-wallace"), new WorldFactory.Settings(1, Map.of()))
            .kernel();

    @Test
    void anotherTargetTypeIsAnotherGroupAndTheWayBackLeadsToTheOldName() {
        List<String> before = names();
        target("NodePort", "instance");
        assertThat(names()).hasSize(before.size()).isNotEqualTo(before);

        target("ClusterIP", "ip");
        assertThat(names()).isEqualTo(before);
        assertThat(kernel.objects().list("TargetGroupBinding").stream().map(KubeProjection::targetGroupBinding))
                .hasSize(3)
                .noneMatch(TargetGroupBinding::userOwned);
    }

    private void target(String service, String type) {
        kernel.objects().update("Service", "echo", "echo", "test", s -> Trees.with(s, service, "spec", "type"));
        kernel.objects()
                .update("Ingress", "echo", "echo", "test", i -> Trees.with(i, type, "metadata", "annotations", TYPE));
        kernel.clock().pass(Duration.ofMinutes(10));
    }

    private List<String> names() {
        return TargetGroups.of(kernel).all().stream()
                .map(group -> group.name() + " " + group.targetType())
                .sorted()
                .toList();
    }
}
