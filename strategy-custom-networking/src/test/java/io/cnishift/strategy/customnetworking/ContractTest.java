package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.simulator.kit.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every strategy promises. */
final class ContractTest {

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Stream.<MigrationStrategy>of(
                        new VpcCniTuningStrategy(),
                        new PrefixDelegationStrategy(),
                        new CustomNetworkingStrategy(),
                        new SubnetDiscoveryStrategy())
                .flatMap(strategy -> Contract.of(strategy).on("clean-cluster").checks().stream()
                        .map(check -> dynamicTest(
                                strategy.descriptor().id() + " " + check.name(),
                                () -> assertThat(check.violations()).isEmpty())));
    }
}
