package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KernelTest {

    @ParameterizedTest
    @CsvSource({
        "5.10.0-13.amzn2.x86_64, true",
        "5.9.1, false",
        "6.1, true",
        "4.14.355-276.618.amzn2.x86_64, false",
        "'', false",
        "unknown, false",
        "6, false"
    })
    void wantsFiveTenAndKnowsIt(String reported, boolean suits) {
        assertThat(Kernel.suits(reported)).isEqualTo(suits);
    }
}
