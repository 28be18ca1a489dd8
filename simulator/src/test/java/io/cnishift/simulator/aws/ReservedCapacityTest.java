package io.cnishift.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.simulator.kit.Clusters;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReservedCapacityTest {

    private static final String GROUP = Clusters.GROUP;

    @Test
    void givesAPlaceBackWhenTheInstanceIsTerminatedAndNoSooner() {
        AwsWorld world = AwsWorld.of(Clusters.with().reservedFree(0).build());
        String first = world.live().get(0).id();

        world.perform(new TerminateInstance(first, GROUP, false));
        world.run(20);
        assertThat(world.live()).hasSize(2);
        assertThat(free(world)).hasValue(0);
        assertThat(world.group().issues()).isNotEmpty().allMatch(i -> i.contains("ReservationCapacityExceeded"));
        world.run(40);
        assertThat(free(world)).hasValue(1);
        world.run(200);

        assertThat(world.live()).hasSize(3);
        assertThat(free(world)).hasValue(0);
        assertThat(world.group().issues()).isEmpty();
    }

    @Test
    void launchesAsManyAsAreFree() {
        AwsWorld world = AwsWorld.of(Clusters.with().reservedFree(2).build());

        world.perform(new SetGroupSize(GROUP, 1, 8, 8));
        world.run(600);

        assertThat(world.live()).hasSize(5);
        assertThat(free(world)).hasValue(0);
    }

    private static OptionalInt free(AwsWorld world) {
        return world.group()
                .launchTemplate()
                .flatMap(NodeGroup.LaunchTemplate::reservation)
                .orElseThrow()
                .free();
    }
}
