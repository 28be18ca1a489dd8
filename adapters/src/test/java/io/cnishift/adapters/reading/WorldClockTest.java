package io.cnishift.adapters.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WorldClockTest {

    private final WorldClock clock = new WorldClock(new WallClock());

    @Test
    void aChangeBeforeAWaitEndsItAndNoOther() {
        Instant late = clock.now().plus(Duration.ofSeconds(30));
        clock.wake();
        clock.await(late);
        assertThat(clock.now()).isBefore(late);

        Instant soon = clock.now().plusMillis(5);
        clock.await(soon);
        assertThat(clock.now()).isAfterOrEqualTo(soon);
    }

    @Test
    void aChangeEndsTheWaitThatIsUnderWay() throws InterruptedException {
        Instant late = clock.now().plus(Duration.ofSeconds(30));
        Thread watch = new Thread(clock::wake);
        watch.start();
        clock.await(late);
        watch.join();
        assertThat(clock.now()).isBefore(late);
    }
}
