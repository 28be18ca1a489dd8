package io.cnishift.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.simulator.ObjectStore.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AudienceTest {
    private static final int COLOUR = 1;
    private static final int SIZE = 2;

    private final List<String> heard = new ArrayList<>();
    private final Audience audience = new Audience();

    @Test
    void tellsThoseWhoAreConcernedInTheOrderOfTheirAsking() {
        audience.add(AudienceTest::turns, SIZE, named("size"));
        audience.add(named("anything"));
        audience.add(AudienceTest::turns, COLOUR, named("colour"));
        audience.add(AudienceTest::turns, COLOUR | SIZE, named("both"));

        assertThat(told("red", "blue")).containsExactly("anything", "colour", "both", "all kinds");
        assertThat(told("red", "longer")).containsExactly("size", "anything", "colour", "both", "all kinds");
        assertThat(told("red", "red")).containsExactly("anything", "all kinds");
    }

    @Test
    void tellsWhoBeganToListenLater() {
        audience.add(AudienceTest::turns, COLOUR, named("early"));
        told("red", "blue");
        audience.add(AudienceTest::turns, COLOUR, named("late"));

        assertThat(told("red", "blue")).containsExactly("early", "late", "all kinds");
    }

    private static int turns(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        String was = (String) before.orElseThrow().get("is");
        String is = (String) after.orElseThrow().get("is");
        return (was.equals(is) ? 0 : COLOUR) | (was.length() < is.length() && is.equals("longer") ? SIZE : 0);
    }

    private List<String> told(String was, String is) {
        heard.clear();
        Optional<Map<String, Object>> before = Optional.of(Map.of("is", was));
        Optional<Map<String, Object>> after = Optional.of(Map.of("is", is));
        audience.of(before, after, List.of(named("all kinds"))).forEach(l -> l.changed(before, after));
        return List.copyOf(heard);
    }

    private Listener named(String name) {
        return (before, after) -> heard.add(name);
    }
}
