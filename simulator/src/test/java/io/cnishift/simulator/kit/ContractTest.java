package io.cnishift.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract finds each fault of a strategy, and none in one that has none. */
final class ContractTest {

    @TestFactory
    Stream<DynamicTest> findsNothingInAStrategyWithoutFault() {
        return of(Toy.Fault.NONE).stream()
                .map(check -> dynamicTest(
                        check.name(), () -> assertThat(check.violations()).isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({
        "ASSESSES_BY_CALLS, answers equal questions equally, pure: assess answers otherwise the second time",
        "PLANS_BY_CALLS, answers equal questions equally, pure: plan answers otherwise the second time: 'why: call",
        "HIDES_A_CODE, reports documented codes, coded: code TOY-SECRET is not in the descriptor",
        "THROWS, answers whatever could not be read, total: with pods unknown it throws",
        "ACTS_EACH_TIME, does nothing a second time, 'rests: applied again, step label acts: ConfigMap'",
        "ACTS_WHEN_DONE, reaches its end, 'idempotent: step label is done, and asked once more it wants to act: toying'",
        "FORGETS_WHEN_KILLED, reaches the same end when processes die, survives: dying",
        "LEAVES_IT_THERE, goes back to the start, returns: after the way back: namespace kube-system:",
        "TRUSTS_ANSWERS, goes back from where a process died, turns: after the way back: namespace kube-system:",
        "STOPS_UNANSWERED, goes back from where a process died, 'turns: the way back ends paused: step label: nobody knows'",
        "TAKES_THE_CNI, reaches its end, cni: after step label node ip-",
        "NEVER_ENDS, reaches its end, arrives: the run ends failed: step label: it cannot",
    })
    void findsEachFault(Toy.Fault fault, String check, String violation) {
        List<Contract.Check> checks =
                of(fault).stream().filter(c -> c.name().startsWith(check)).toList();
        assertThat(checks).hasSize(1);
        assertThat(checks.get(0).violations()).extracting(Violation::toString).anyMatch(v -> v.startsWith(violation));
    }

    @Test
    void findsWhatOnlyADeathBeforeTheWayBackShows() {
        assertThat(of(Toy.Fault.TRUSTS_ANSWERS))
                .filteredOn(check -> !check.violations().isEmpty())
                .extracting(Contract.Check::name)
                .containsExactly("goes back from where a process died, on clean-cluster");
    }

    private static List<Contract.Check> of(Toy.Fault fault) {
        return Contract.of(new Toy(fault)).on("clean-cluster").checks();
    }
}
