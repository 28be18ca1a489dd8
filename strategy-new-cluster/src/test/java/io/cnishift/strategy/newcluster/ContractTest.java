package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cnishift.simulator.kit.Contract;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every strategy promises. */
final class ContractTest {

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return checks(Contract.of(new NewClusterStrategy()).on("clean-cluster"));
    }

    @TestFactory
    Stream<DynamicTest> keepsItWithWeightsOfTargetGroups() {
        return checks(Contract.of(new NewClusterStrategy())
                .with(Map.of("shift", "target-groups"))
                .on("minnie-wallace"));
    }

    @TestFactory
    Stream<DynamicTest> keepsItWithAMesh() {
        return checks(Contract.of(new NewClusterStrategy()).with(Meshed.OPTIONS).on("meshed", Meshed.first()));
    }

    private static Stream<DynamicTest> checks(Contract contract) {
        return contract.checks().stream()
                .map(check -> dynamicTest(
                        check.name(), () -> assertThat(check.violations()).isEmpty()));
    }
}
