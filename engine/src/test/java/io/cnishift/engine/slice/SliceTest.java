package io.cnishift.engine.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SliceTest {

    private static Slice by(String deadline, String zone) {
        return new Slice(
                Optional.empty(),
                Optional.of(Deadline.parse(deadline)),
                List.of(),
                zone,
                OptionalInt.empty(),
                List.of(),
                List.of(),
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "05:30, Asia/Kolkata, 2026-11-27T18:00:00Z, 2026-11-28T00:00:00Z",
        "05:30, Asia/Kolkata, 2026-11-28T00:00:00Z, 2026-11-29T00:00:00Z",
        "2026-11-30T05:30, Asia/Kolkata, 2026-11-27T18:00:00Z, 2026-11-30T00:00:00Z",
        // the clock jumps from 2:00 to 3:00, and goes from 3:00 back to 2:00
        "02:30, Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-29T01:00:00Z",
        "02:30, Europe/Berlin, 2026-10-24T23:00:00Z, 2026-10-25T00:30:00Z",
        "05:30, Europe/Berlin, 2026-10-24T22:00:00Z, 2026-10-25T04:30:00Z"
    })
    void isOverAtTheNextSuchTime(String deadline, String zone, String start, String end) {
        assertThat(by(deadline, zone).endsAt(Instant.parse(start))).contains(Instant.parse(end));
    }

    @Test
    void isOverWhenTheFirstOfItsLimitsIs() {
        Instant start = Instant.parse("2026-11-26T20:00:00Z");
        Slice window = Slice.ALL.in(List.of(Window.parse("Mon-Thu 22:00-05:00")), ZoneId.of("Asia/Kolkata"));
        assertThat(window.endsAt(start)).contains(Instant.parse("2026-11-26T23:30:00Z"));
        assertThat(window.lasting(Duration.ofHours(2)).endsAt(start)).contains(Instant.parse("2026-11-26T22:00:00Z"));
        assertThat(window.lasting(Duration.ofHours(9)).endsAt(start)).contains(Instant.parse("2026-11-26T23:30:00Z"));
        assertThat(Slice.ALL.endsAt(start)).isEmpty();
    }

    @Test
    void saysWhenItOpensWhileItIsClosed() {
        Slice window = Slice.ALL.in(List.of(Window.parse("Mon-Thu 22:00-05:00")), ZoneId.of("Asia/Kolkata"));
        assertThat(window.opensAt(Instant.parse("2026-11-26T20:00:00Z"))).isEmpty();
        assertThat(window.opensAt(Instant.parse("2026-11-27T00:00:00Z")))
                .contains(Instant.parse("2026-11-30T16:30:00Z"));
        assertThat(Slice.ALL.opensAt(Instant.parse("2026-11-27T00:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nodegroup=blue, true",
        "nodegroup=green, false",
        "zone=eu-west-1a, true",
        "zone=a, true",
        "zone=b, false",
        "'nodegroup=blue,zone=b', false",
        "'nodegroup=blue,zone=a', true",
        "selector=tier=web, true",
        "'selector=tier=web,team=x', false",
        "'zone=a,selector=tier in (db, web),!spot', true",
        "selector=tier!=web, false",
        "selector=spot, false"
    })
    void takesTheNodesThatAreChosen(String choice, boolean taken) {
        Slice only = Slice.ALL.only(NodeChoice.parse(choice));
        assertThat(only.takes("blue", "eu-west-1a", Map.of("tier", "web"))).isEqualTo(taken);
        assertThat(NodeChoice.parse(NodeChoice.parse(choice).toString())).isEqualTo(NodeChoice.parse(choice));
    }

    @ParameterizedTest
    @CsvSource({
        "blue, 'blue'",
        "group=blue, 'group=blue'",
        "nodegroup=, 'nodegroup='",
        "'zone=a,zone=b', zone twice",
        "selector==x, no label",
        "'', chooses no nodes"
    })
    void saysWhatIsWrongWithAChoice(String choice, String problem) {
        assertThatThrownBy(() -> NodeChoice.parse(choice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void countsOnWhatNineOfTenDrainsTook() {
        List<Duration> drains = java.util.stream.IntStream.rangeClosed(1, 20)
                .mapToObj(Duration::ofMinutes)
                .toList();
        assertThat(Pace.of(drains, Optional.empty()).drain()).isEqualTo(Duration.ofMinutes(18));
        assertThat(Pace.of(drains.subList(0, 2), Optional.empty()).drain()).isEqualTo(Duration.ofMinutes(2));
        assertThat(Pace.of(List.of(), Optional.empty())).isEqualTo(Pace.ESTIMATED);
    }
}
