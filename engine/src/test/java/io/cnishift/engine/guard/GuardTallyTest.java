package io.cnishift.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort.Sample;
import io.cnishift.api.port.GuardPort.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardTallyTest {

    private static final Guard GUARD = Guard.parse("alarm:checkout");

    /** A letter for each sample. */
    private static GuardTally after(String samples) {
        GuardTally tally = GuardTally.of(GUARD);
        for (char letter : samples.toCharArray()) {
            Verdict verdict = switch (letter) {
                case 'g' -> Verdict.GREEN;
                case 'r' -> Verdict.RED;
                case 'a' -> Verdict.ABSENT;
                default -> Verdict.UNKNOWN;
            };
            tally = tally.with(new Sample(GUARD, verdict, "seen " + letter, Instant.EPOCH));
        }
        return tally;
    }

    @Test
    void isSpentByRedOnesInARow() {
        GuardBudget budget = GuardBudget.parse("50%/3");
        assertThat(after("ggrrgrr").spent(budget)).isEmpty();
        assertThat(after("ggrrr").spent(budget))
                .contains("guard alarm:checkout failed 3 times in a row (budget 50%/3): seen r");
    }

    @Test
    void isSpentByTheShareOfAtLeastAHundred() {
        GuardBudget budget = GuardBudget.parse("1%/3");
        assertThat(after("r").spent(budget)).isEmpty();
        assertThat(after("rg".repeat(2)).spent(budget))
                .hasValueSatisfying(why -> assertThat(why).startsWith("guard alarm:checkout failed 2 of 4 times"));
        assertThat(after("r" + "g".repeat(198) + "r").spent(budget)).isEmpty();
        assertThat(after("").spent(GuardBudget.parse("0%/3"))).isEmpty();
        assertThat(after("r").spent(GuardBudget.parse("0%/3"))).isPresent();
    }

    @Test
    void chargesWhatCannotBeSampledFromTheThirdTimeOn() {
        GuardBudget budget = GuardBudget.parse("5%/2");
        assertThat(after("uug").red()).isZero();
        assertThat(after("uuu").red()).isEqualTo(1);
        assertThat(after("uuuu").spent(budget))
                .contains("guard alarm:checkout failed 2 times in a row (budget 5%/2): could not be sampled: seen u");
        assertThat(after("uurrg").inARow()).isZero();
    }

    @Test
    void doesNotCountWhatIsNotThere() {
        assertThat(after("aaaa")).isEqualTo(GuardTally.of(GUARD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1%", "1/3", "1%/0", "101%/3", "-1%/3", "%/3"})
    void refusesWhatIsNoBudget(String text) {
        assertThatThrownBy(() -> GuardBudget.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
