package io.cnishift.simulator.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.port.TimeSource;
import io.cnishift.simulator.kube.KubeWorld;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How fast virtual time runs. */
final class PaceTest {
    private final KubeWorld world = KubeWorld.healthy();
    private final Turns turns = new Turns(world.kernel, () -> {});
    private final Wall wall = new Wall();

    private static final class Wall implements TimeSource {
        private Instant now = Instant.parse("2030-01-01T00:00:00Z");

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void await(Instant until) {
            now = until;
        }
    }

    @Test
    void runsAtAMultipleOfTheWall() {
        Pace pace = new Pace(turns, wall, 60);
        Instant start = turns.now();
        wall.await(wall.now().plusMillis(500));
        pace.tick();
        assertThat(Duration.between(start, turns.now())).isEqualTo(Duration.ofSeconds(30));
        pace.tick();
        assertThat(Duration.between(start, turns.now())).isEqualTo(Duration.ofSeconds(30));
        assertThat(pace.stopped()).isEmpty();
    }

    @Test
    void saysThatItHasStoppedWhenTheWorldBreaks() {
        Pace pace = new Pace(turns, wall, 1);
        world.kernel.clock().after(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("broken");
        });
        wall.await(wall.now().plusSeconds(2));
        pace.tick();
        assertThat(pace.stopped()).hasValueSatisfying(why -> assertThat(why).contains("broken"));
    }
}
