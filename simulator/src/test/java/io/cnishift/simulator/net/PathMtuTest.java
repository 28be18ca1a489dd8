package io.cnishift.simulator.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathMtuTest {

    @ParameterizedTest
    @CsvSource({"9001, 8951", "1500, 1450"})
    void aTunnelTakesFiftyBytesOfEachPacket(int device, int within) {
        assertThat(PathMtu.within(device)).isEqualTo(within);
    }
}
