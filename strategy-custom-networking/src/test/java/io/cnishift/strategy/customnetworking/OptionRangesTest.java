package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OptionRangesTest {

    private static SubnetDiscoveryOptions recognition(Duration time) {
        return new SubnetDiscoveryOptions(Optional.empty(), time);
    }

    @Test
    void waitsForTheControlPlaneTwoHoursAtMost() {
        assertThatCode(() -> recognition(Duration.ZERO)).doesNotThrowAnyException();
        assertThatCode(() -> recognition(Duration.ofHours(2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> recognition(Duration.ofSeconds(-1))).hasMessageContaining("recognition is 0 to 7200");
        assertThatThrownBy(() -> recognition(Duration.ofHours(3))).hasMessageContaining("recognition is 0 to 7200");
    }
}
