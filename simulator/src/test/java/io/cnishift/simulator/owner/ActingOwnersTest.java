package io.cnishift.simulator.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ActingOwnersTest {

    private static final Duration DELAY = Duration.ofMinutes(15);

    @Test
    void makesTheChangeLaterAndInItsSource() {
        Simulation simulation = owned(Optional.of(DELAY));
        simulation.world().owners().ask(scale(7));
        run(simulation, DELAY.minusSeconds(1));
        assertThat(replicas(simulation)).isEqualTo(2);
        run(simulation, Duration.ofHours(1));

        assertThat(replicas(simulation)).isEqualTo(7);
    }

    @Test
    void holdsItsNewSourceAgainstOthers() {
        Simulation simulation = owned(Optional.of(DELAY));
        simulation.world().owners().ask(scale(7));
        run(simulation, DELAY.plusMinutes(1));
        simulation
                .kernel()
                .objects()
                .update("Deployment", "web", "api", "somebody", d -> Trees.with(d, 2, "spec", "replicas"));
        run(simulation, Duration.ofMinutes(1));

        assertThat(replicas(simulation)).isEqualTo(7);
    }

    @Test
    void doesOnceWhatItIsAskedInEveryPass() {
        Simulation simulation = owned(Optional.of(DELAY));
        for (int i = 0; i < 5; i++) {
            simulation.world().owners().ask(scale(7));
            run(simulation, Duration.ofSeconds(10));
        }
        run(simulation, DELAY);
        long version = simulation.kernel().objects().resourceVersion();
        run(simulation, DELAY);

        assertThat(simulation.kernel().objects().resourceVersion()).isEqualTo(version);
    }

    @Test
    void doesNothingWhereOwnersNeverAct() {
        Simulation simulation = owned(Optional.empty());
        simulation.world().owners().ask(scale(7));
        run(simulation, Duration.ofDays(2));

        assertThat(replicas(simulation)).isEqualTo(2);
    }

    private static Simulation owned(Optional<Duration> delay) {
        return Simulation.open(
                Clusters.with().ownedBy(new Owner(Owner.Kind.ARGO_CD, "shop")).build(),
                new Settings(1, Map.of(), delay),
                List.of(new GitOpsReverts()));
    }

    private static Act scale(int replicas) {
        return new PatchObject(
                new ObjectRef("apps/v1", "Deployment", Optional.of("web"), "api"),
                PatchType.MERGE,
                Map.of("spec", Map.of("replicas", replicas)),
                Optional.of("1000"));
    }

    private static void run(Simulation simulation, Duration time) {
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plus(time));
    }

    private static long replicas(Simulation simulation) {
        return Tree.number(
                simulation.kernel().objects().get("Deployment", "web", "api").orElseThrow(), 0, "spec", "replicas");
    }
}
