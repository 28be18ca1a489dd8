package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "relay, relay, 0",
        "relay, rely, 1",
        "relay, rleay, 1",
        "relay, delay, 1",
        "relay, relays, 1",
        "relay, yaler, 4",
        "'', cni, 3",
        "relay, kubeProxy, 5",
        "a, abcdefgh, 5"
    })
    void countsLettersUpToTheLimit(String from, String to, int distance) {
        assertThat(EditDistance.between(from, to, 4)).isEqualTo(distance);
        assertThat(EditDistance.between(to, from, 4)).isEqualTo(distance);
    }
}
