package io.cnishift.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GoalTest {

    @ParameterizedTest
    @ValueSource(strings = {"pods=500", "nodes=40", "growth=50%", "free-ips=100"})
    void goalsReadAsTheyAreWritten(String text) {
        assertThat(Goal.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pods=0", "pods=-1", "growth=50", "pods", "ips=3", "pods=99999999999"})
    void whatIsNoGoalIsRefused(String text) {
        assertThatThrownBy(() -> Goal.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConsentWithoutSubjectCoversAll() {
        Consent all = new Consent("X", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        Consent one = new Consent("X", Optional.of("a"), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(all.covers("X", "b")).isTrue();
        assertThat(one.covers("X", "b")).isFalse();
        assertThat(one.covers("Y", "a")).isFalse();
    }
}
