package io.cnishift.simulator.wrong;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Done wrong it goes wrong, and no longer when the behaviour that makes it so is left out. */
final class MustGoWrongTest {

    static Stream<Mistake> mistakes() {
        return Stream.of(
                        CniMistakes.all(),
                        EniMistakes.all(),
                        PrefixMistakes.all(),
                        NetworkMistakes.all(),
                        AwsMistakes.all(),
                        PodSubnetMistakes.all(),
                        AdmissionMistakes.all())
                .flatMap(m -> m);
    }

    /** Every mistake with every behaviour that punishes it. */
    static Stream<Arguments> behaviours() {
        return mistakes()
                .flatMap(m -> m.punishedBy().stream().map(id -> Arguments.of(Named.of(m + ", without " + id, m), id)));
    }

    @Test
    void aPolicyAgentWithoutPoliciesMayBeSwitchedOff() {
        assertThat(CniMistakes.agentOff((snapshot, faults) -> TestCluster.without(Set.of(), snapshot, faults), true))
                .isEmpty();
    }

    @Test
    void aVariableThatIsHandedBackIsTheAddonsAgain() {
        assertThat(CniMistakes.keptVariable(
                        (snapshot, faults) -> TestCluster.without(Set.of(), snapshot, faults), true))
                .isEmpty();
    }

    @Test
    void agentsThatStartAnewReadWhatAwsNodeWrites() {
        assertThat(CniMistakes.changedBehind(
                        (snapshot, faults) -> TestCluster.without(Set.of(), snapshot, faults), true))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void goesWrong(Mistake mistake) {
        assertThat(mistake.seenWithout(Set.of()))
                .hasValueSatisfying(seen -> assertThat(seen).contains(mistake.symptom()));
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void goesUnpunishedWithoutTheBehaviour(Mistake mistake, String behaviour) {
        assertThat(mistake.seenWithout(Set.of(behaviour))).isEmpty();
    }
}
