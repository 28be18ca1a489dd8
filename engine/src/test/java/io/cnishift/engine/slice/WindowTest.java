package io.cnishift.engine.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    private static Optional<Instant> closes(String window, String at, ZoneId zone) {
        return Window.closes(List.of(Window.parse(window)), Instant.parse(at), zone);
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-11-26 is a Thursday
        "Mon-Thu 22:00-05:00, 2026-11-26T16:29:59Z, ",
        "Mon-Thu 22:00-05:00, 2026-11-26T16:30:00Z, 2026-11-26T23:30:00Z",
        "Mon-Thu 22:00-05:00, 2026-11-26T23:29:59Z, 2026-11-26T23:30:00Z",
        "Mon-Thu 22:00-05:00, 2026-11-26T23:30:00Z, ",
        "Mon-Thu 22:00-05:00, 2026-11-27T17:00:00Z, ",
        "fri-MON 01:00-02:00, 2026-11-28T19:45:00Z, 2026-11-28T20:30:00Z",
        "Tue 01:00-02:00, 2026-11-28T19:45:00Z, ",
        "'Sat,Sun 00:00-24:00', 2026-11-28T12:00:00Z, 2026-11-29T18:30:00Z",
        "09:00-17:00, 2026-11-28T05:00:00Z, 2026-11-28T11:30:00Z"
    })
    void isOpenBetweenItsTimesOnTheDaysOnWhichItOpens(String window, String at, String closes) {
        assertThat(closes(window, at, KOLKATA))
                .isEqualTo(Optional.ofNullable(closes).map(Instant::parse));
    }

    @Test
    void isAnHourLongerInTheNightInWhichSummerTimeEnds() {
        Instant opens =
                Window.opens(List.of(Window.parse("Sat 22:00-05:00")), Instant.parse("2026-10-24T12:00:00Z"), BERLIN);
        assertThat(opens).isEqualTo("2026-10-24T20:00:00Z");
        Instant closes =
                closes("Sat 22:00-05:00", "2026-10-25T00:30:00Z", BERLIN).orElseThrow();
        assertThat(Duration.between(opens, closes)).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void isAnHourShorterInTheNightInWhichSummerTimeBegins() {
        Instant closes =
                closes("Sat 22:00-05:00", "2026-03-28T22:00:00Z", BERLIN).orElseThrow();
        assertThat(closes).isEqualTo("2026-03-29T03:00:00Z");
        assertThat(Duration.between(Instant.parse("2026-03-28T21:00:00Z"), closes))
                .isEqualTo(Duration.ofHours(6));
    }

    @Test
    void opensWhenTheClockJumpsOverTheTimeAtWhichItShould() {
        List<Window> windows = List.of(Window.parse("02:30-04:00"));
        assertThat(Window.opens(windows, Instant.parse("2026-03-28T23:00:00Z"), BERLIN))
                .isEqualTo("2026-03-29T01:00:00Z");
    }

    @Test
    void closesTheFirstTimeThatTheClockShowsItsEnd() {
        assertThat(closes("22:00-02:30", "2026-10-24T21:00:00Z", BERLIN))
                .contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(closes("22:00-02:30", "2026-10-25T01:15:00Z", BERLIN)).isEmpty();
    }

    @Test
    void joinsWindowsThatFollowOnEachOther() {
        List<Window> windows = List.of(Window.parse("Sat 20:00-24:00"), Window.parse("Sun 00:00-06:00"));
        assertThat(Window.closes(windows, Instant.parse("2026-11-28T21:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-11-29T05:00:00Z"));
    }

    @Test
    void opensTheNextTimeAlsoAWeekLater() {
        List<Window> windows = List.of(Window.parse("Thu 22:00-23:00"));
        assertThat(Window.opens(windows, Instant.parse("2026-11-26T16:30:00Z"), KOLKATA))
                .isEqualTo("2026-12-03T16:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mon-Thu 22:00-05:00", "22:00-05:00", "Sat,Sun 00:00-24:00"})
    void isReadAsItIsWritten(String text) {
        Window window = Window.parse(text);
        assertThat(Window.parse(window.toString())).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource({
        "Mon-Thu, is no window",
        "Mo 22:00-05:00, 'Mo'",
        "Mon 22:00, is no window",
        "Mon 25:00-05:00, '25:00'",
        "Mon 9:00-05:00, '9:00'",
        "Mon - Thu 22:00-05:00, is no window"
    })
    void saysWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> Window.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
