package io.cnishift.simulator.kube.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
    private static final ObjectKey KEY = new ObjectKey("ReplicaSet", "web", "shop");

    private final SimClock clock = new SimClock(Instant.EPOCH);
    private final List<Instant> looks = new ArrayList<>();
    private Runnable work = () -> {};
    private final WorkQueue queue = new WorkQueue(clock, Duration.ofSeconds(1), key -> {
        looks.add(clock.now());
        work.run();
    });

    @Test
    void sparesALookAtWhatOnlyTheLastLookWrote() {
        writesOnce(() -> {});
        queue.add(KEY);

        assertThat(looks()).containsExactly(at(1_000));
    }

    @Test
    void looksInItsTurnWhenSomethingElseChangesBefore() {
        writesOnce(() -> clock.after(Duration.ofMillis(400), () -> queue.add(KEY)));
        queue.add(KEY);

        assertThat(looks()).containsExactly(at(1_000), at(2_000));
    }

    @Test
    void looksAgainInItsTurnWhenTheRestOfTheLookWasRefused() {
        writesOnce(() -> {
            throw new ApiRefusal(Reason.CONFLICT, "not now");
        });
        queue.add(KEY);

        assertThat(looks()).startsWith(at(1_000), at(2_000));
    }

    /** The first look writes a status and does something after it. */
    private void writesOnce(Runnable after) {
        work = () -> {
            work = () -> {};
            queue.addSeen(KEY);
            after.run();
        };
    }

    private List<Instant> looks() {
        clock.runUntil(at(60_000));
        return looks;
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
