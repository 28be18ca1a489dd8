package io.cnishift.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerifierTest {

    @ParameterizedTest
    @CsvSource({"PASS, PASS, PASSED", "PASS, UNKNOWN, UNKNOWN", "UNKNOWN, FAIL, FAILED", "WARN, SKIPPED, PASSED"})
    void theWorstCounts(ProbeStatus one, ProbeStatus other, Verification.Outcome together) {
        assertThat(Verification.of(List.of(line(one), line(other))).outcome()).isEqualTo(together);
    }

    private static Verification.Line line(ProbeStatus status) {
        return new Verification.Line("X", "x", status, "", "", Duration.ZERO);
    }

    @Test
    void whatCouldNotBeReadIsNeverAPass() {
        List<Unknown> gaps = List.of(new Unknown(Part.NODE_GROUPS, "node groups", "no credentials", "log in"));
        assertThat(Verifier.judged(new Looking(Set.of(Part.NODE_GROUPS)), PASS, gaps))
                .isEqualTo(new Probe.Result(
                        ProbeStatus.UNKNOWN, "node groups could not be read: no credentials", "log in"));
        assertThat(Verifier.judged(new Looking(Set.of(Part.NODES)), PASS, gaps)).isEqualTo(PASS);
        Probe.Result fail = new Probe.Result(ProbeStatus.FAIL, "a group is degraded", "mend it");
        assertThat(Verifier.judged(new Looking(Set.of(Part.NODE_GROUPS)), fail, gaps))
                .isEqualTo(fail);
    }

    private static final Probe.Result PASS = new Probe.Result(ProbeStatus.PASS, "all well", "");

    private record Looking(Set<Part> reads) implements Probe {
        @Override
        public String code() {
            return "X";
        }

        @Override
        public String title() {
            return "x";
        }

        @Override
        public List<Question> ask(View view) {
            return List.of();
        }

        @Override
        public Result judge(View view, Map<Question, Answer> answers) {
            return PASS;
        }
    }
}
