package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-02T20:00:00Z",
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "0001-12-31T12:34:56Z",
                "2026-11-02T20:00:00.123Z",
                "2026-11-02T24:00:00Z",
                "2026-11-02T20:00:00+01:00"
            })
    void readsWhatTheJdkReadsAsTheJdkDoes(String text) {
        assertThat(Moments.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-02-30T20:00:00Z", "2026-11-02T25:00:00Z", "2026-11-02T20:61:00Z"})
    void refusesWhatTheJdkRefuses(String text) {
        assertThatThrownBy(() -> Moments.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
