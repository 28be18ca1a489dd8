package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.port.ActResult.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttemptsTest {

    private static final Act CORDON = new CordonNode("n1", "u1");
    private static final Act OTHER = new CordonNode("n2", "u2");
    private final FakeProgress progress = new FakeProgress();

    private StepOutcome perform(Act... acts) {
        return new Attempts(progress).perform("cordoning", List.of(acts));
    }

    @Test
    void performsWhatWasNeverTried() {
        assertThat(Scene.acts(perform(CORDON, OTHER))).containsExactly(CORDON, OTHER);
    }

    @Test
    void waitsHalfAMinuteForAnActToBeSeen() {
        progress.did(CORDON, Map.of()).later(20);
        StepOutcome.NotYet wait = (StepOutcome.NotYet) perform(CORDON);
        assertThat(wait.retryAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Scene.act(perform(CORDON, OTHER))).isEqualTo(OTHER);
        progress.later(10);
        assertThat(Scene.act(perform(CORDON))).isEqualTo(CORDON);
    }

    @Test
    void isNotHeldUpByAnotherActOnTheSameTarget() {
        progress.did(new CordonNode("n1", "another uid"), Map.of());
        assertThat(Scene.act(perform(CORDON))).isEqualTo(CORDON);
        progress.did(new UncordonNode("n1", "u1"), Map.of());
        assertThat(Scene.act(perform(CORDON))).isEqualTo(CORDON);
    }

    @ParameterizedTest
    @CsvSource({
        "CONFLICT,1",
        "BUDGET,5",
        "THROTTLED,10",
        "UNAVAILABLE,10",
        "BUSY,15",
        "GONE,30",
        "EXISTS,30",
        "CAPACITY,60",
        "ADDRESSES,60",
        "DOUBLE_BUDGET,60",
        "ADMISSION,10"
    })
    void waitsAsLongAsARefusalDeserves(Reason reason, long seconds) {
        progress.refused(CORDON, reason, "not now");
        StepOutcome.NotYet wait = (StepOutcome.NotYet) perform(CORDON);
        assertThat(wait.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(wait.reason()).isEqualTo("cordoning: not now");
        progress.later(seconds);
        assertThat(Scene.act(perform(CORDON))).isEqualTo(CORDON);
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN", "INVALID"})
    void givesUpWhatNoWaitingHelpsUntilTheRunIsResumed(Reason reason) {
        progress.refused(CORDON, reason, "needs k8s:patch nodes").later(3600);
        assertThat(Scene.failed(perform(OTHER, CORDON))).isEqualTo("Node n1: needs k8s:patch nodes");
        progress.resumed();
        assertThat(Scene.act(perform(CORDON))).isEqualTo(CORDON);
    }

    @Test
    void givesUpAnAdmissionThatSaysNoTwentyTimes() {
        IntStream.range(0, 20).forEach(i -> progress.later(10).refused(CORDON, Reason.ADMISSION, "webhook is down"));
        assertThat(Scene.failed(perform(CORDON))).contains("webhook is down");
        progress.later(10).resumed();
        assertThat(Scene.act(perform(CORDON))).isEqualTo(CORDON);
    }

    @Test
    void asksForFiftyActsAtOnceAtMost() {
        List<Act> many = IntStream.range(0, 70)
                .mapToObj(i -> (Act) new CordonNode("n" + i, "u"))
                .toList();
        assertThat(Scene.acts(new Attempts(progress).perform("x", many))).hasSize(50);
    }
}
