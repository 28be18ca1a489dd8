package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.RestingHandler;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.api.port.Progress;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.slice.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a cluster that rests in the middle of a migration. */
final class ParkingTest {

    private static final StepKind<Take> TAKE = new StepKind<>("take", 1, Take.class, new Taking());

    private final Journal journal = Journal.inMemory("m1");

    record Take(String object, String until) {}

    /** Takes something away that is back when a phase is done; or, without an object, only asks for care. */
    private static final class Taking implements RestingHandler<Take> {
        @Override
        public StepOutcome next(View view, Take params, Progress progress) {
            return TinyKinds.done();
        }

        @Override
        public StepOutcome back(View view, Take params, Progress progress) {
            return TinyKinds.done();
        }

        @Override
        public Set<Part> reads() {
            return Set.of();
        }

        @Override
        public List<Meanwhile> meanwhile(Take params) {
            return List.of(
                    params.object().isEmpty()
                            ? Meanwhile.leave(params.until(), "leave it alone")
                            : Meanwhile.without(params.until(), "nobody has", params.object()));
        }
    }

    private static MigrationPlan.Step take(String id, String object) {
        return take(id, object, "give");
    }

    private static MigrationPlan.Step take(String id, String object, String until) {
        return MigrationPlan.Step.of(id, "take", new Take(object, until), "why", List.of(), "back");
    }

    /** Three phases: something is taken, nothing happens, it is given back in two steps. */
    private static MigrationPlan plan(List<String> holds, MigrationPlan.Step... taking) {
        return Things.plan(
                holds,
                new MigrationPlan.Phase("take", Arrays.asList(taking)),
                Things.phase("rest", take("rest", "", "rest")),
                Things.phase("give", take("give", "", "give"), take("prove", "", "give")));
    }

    private static Parking parking(MigrationPlan plan) {
        return new Parking(new Book(plan, id -> Optional.of(TAKE), code -> Optional.empty()));
    }

    private Parking began(MigrationPlan plan, String... steps) {
        for (String step : steps) {
            journal.append(Things.START, new JournalRecord.StepBegun(step));
            journal.append(Things.START, new JournalRecord.StepDone(step, "done", List.of()));
        }
        return parking(plan);
    }

    @Test
    void saysWhatIsMissingUntilTheLastStepThatBringsItBack() {
        Parking parking = began(plan(List.of(), take("one", "A"), take("two", "B")), "one", "two", "rest", "give");

        assertThat(parking.without(journal.state())).containsExactly("until step prove is done, nobody has A, B");
        assertThat(parking.sentences(journal.state()))
                .containsExactly("until step prove is done, nobody has A, B", "leave it alone");
    }

    @Test
    void nothingIsMissingBeforeAndAfter() {
        MigrationPlan plan = plan(List.of(), take("one", "A"));

        assertThat(parking(plan).without(journal.state())).isEmpty();
        assertThat(began(plan, "one", "rest", "give", "prove").without(journal.state()))
                .isEmpty();
    }

    @Test
    void whatNoPhaseBringsBackIsMissingUntilTheEnd() {
        assertThat(began(plan(List.of(), take("one", "A", "later")), "one", "rest", "give", "prove")
                        .without(journal.state()))
                .containsExactly("until the run has ended, nobody has A");
    }

    @Test
    void ofManyOnlySomeAreNamed() {
        List<MigrationPlan.Step> many = new ArrayList<>();
        IntStream.range(0, 7).forEach(i -> many.add(take("t" + i, "P" + i)));

        assertThat(began(
                                plan(List.of(), many.toArray(MigrationPlan.Step[]::new)),
                                "t0",
                                "t1",
                                "t2",
                                "t3",
                                "t4",
                                "t5",
                                "t6")
                        .without(journal.state()))
                .containsExactly("until step prove is done, nobody has P0, P1, P2, P3, P4 and 2 more");
    }

    @Test
    void tellsOfStopsThatAreAskedForWhereSomethingIsMissing() {
        MigrationPlan plan = plan(List.of("give"), take("one", "A"));
        Slice hour = new Slice(
                Optional.of(Duration.ofHours(1)),
                Optional.empty(),
                List.of(),
                "UTC",
                OptionalInt.empty(),
                List.of(),
                List.of(),
                false);
        String missing = ": until step prove is done, nobody has A";

        assertThat(parking(plan).withoutAtStops(RunLimits.NONE)).containsExactly("stopped after phase rest" + missing);
        assertThat(parking(plan).withoutAtStops(RunLimits.NONE.past("give"))).isEmpty();
        assertThat(parking(plan).withoutAtStops(RunLimits.THROUGH)).isEmpty();
        assertThat(parking(plan).withoutAtStops(RunLimits.THROUGH.until("take")))
                .containsExactly("stopped after phase take" + missing);
        assertThat(parking(plan).withoutAtStops(RunLimits.THROUGH.until("give")))
                .isEmpty();
        assertThat(parking(plan).withoutAtStops(RunLimits.THROUGH.slice(hour)))
                .containsExactly("stopped after phase take" + missing);
    }
}
