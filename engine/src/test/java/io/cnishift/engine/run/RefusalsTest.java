package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.port.ActResult;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When refusals of an act end a run. */
final class RefusalsTest {

    private static final Act ACT = new CordonNode("a", "uid-a");
    private static final Act OTHER = new CordonNode("b", "uid-b");

    private final Refusals refusals = new Refusals();

    private boolean stops(ActResult.Reason reason, String message, int minute) {
        return refusals.refused(
                        "s", ACT, new ActResult.Refused(reason, message), Instant.EPOCH.plusSeconds(60L * minute))
                instanceof Pass.Stopped;
    }

    private boolean unavailable(String message, int minute) {
        return stops(ActResult.Reason.UNAVAILABLE, message, minute);
    }

    @Test
    void theSameTroubleForFiveMinutesEndsItAlthoughOtherActsAreDone() {
        for (int minute = 0; minute < 5; minute++) {
            assertThat(unavailable("InternalFailure", minute)).isFalse();
            refusals.clear(OTHER);
        }
        assertThat(unavailable("InternalFailure", 5)).isTrue();
    }

    @Test
    void anotherAnswerAndAPauseAndADoneActAreNotTheSameTrouble() {
        assertThat(unavailable("InternalFailure", 0)).isFalse();
        assertThat(unavailable("no answer", 1)).isFalse();
        assertThat(unavailable("no answer", 2)).isFalse();
        assertThat(unavailable("no answer", 9)).as("after a while").isFalse();
        refusals.clear(ACT);
        for (int minute = 10; minute < 15; minute++) {
            assertThat(unavailable("no answer", minute)).as("minute " + minute).isFalse();
        }
    }

    @Test
    void whatIsThrottledWaitsLonger() {
        assertThat(stops(ActResult.Reason.THROTTLED, "slow down", 0)).isFalse();
        assertThat(stops(ActResult.Reason.THROTTLED, "slow down", 14)).isFalse();
        assertThat(stops(ActResult.Reason.THROTTLED, "slow down", 15)).isTrue();
    }
}
