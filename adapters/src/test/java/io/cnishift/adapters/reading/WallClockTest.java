package io.cnishift.adapters.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WallClockTest {

    private final WallClock clock = new WallClock();
    private final Instant inAnHour = clock.now().plus(Duration.ofHours(1));

    @Test
    void whoIsWokenWhileHeWaitsWaitsNoLonger() throws InterruptedException {
        Thread waiting = new Thread(() -> clock.await(inAnHour));
        waiting.start();
        clock.wake();
        waiting.join();
        assertThat(clock.now()).isBefore(inAnHour);
    }

    @Test
    void whoIsWokenBeforeHeWaitsDoesNotBegin() {
        clock.wake();
        clock.await(inAnHour);
        assertThat(clock.now()).isBefore(inAnHour);
    }
}
