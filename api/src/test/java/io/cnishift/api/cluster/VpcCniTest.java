package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VpcCniTest {

    @ParameterizedTest
    @CsvSource({"1.20.4,1.18.0,true", "1.9.0,1.11.2,false", "1.11.2,1.11.2,true", "1.11,1.11.2,false", "2.0,1.99.9,true"
    })
    void versionsAreComparedNumberByNumber(String version, String least, boolean enough) {
        assertThat(new VpcCni(version, Map.of(), false).atLeast(least)).isEqualTo(enough);
    }
}
