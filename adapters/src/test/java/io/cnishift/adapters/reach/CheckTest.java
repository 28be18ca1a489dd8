package io.cnishift.adapters.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.port.Answer.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckTest {

    @ParameterizedTest
    @CsvSource({
        "0, '', REACHED",
        "1, TIMEOUT, NOT_REACHED",
        "1, REFUSED, NOT_REACHED",
        "1, 'DNS: lookup failed', NOT_REACHED",
        "1, 'OTHER: no route to host', NOT_REACHED",
        "1, 'UNKNOWN: address is missing a port', UNKNOWN",
        "1, '', UNKNOWN",
        "127, 'no such file', UNKNOWN",
        "137, '', UNKNOWN"
    })
    void aConnectionIsWhatItsEndSays(int exit, String said, Verdict verdict) {
        assertThat(Check.connect("10.0.0.1", 443).seen(exit, said).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', REACHED",
        "1, TIMEOUT, REACHED",
        "1, REFUSED, REACHED",
        "1, 'DNS: lookup failed', NOT_REACHED",
        "1, 'UNKNOWN: what', UNKNOWN"
    })
    void aNameIsResolvedWhateverStandsThere(int exit, String said, Verdict verdict) {
        assertThat(Check.resolve("kubernetes.default.svc.cluster.local")
                        .seen(exit, said)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', REACHED",
        "1, 'curl: (28) Operation timed out', NOT_REACHED",
        "1, '120 of 8000 bytes came back', NOT_REACHED",
        "1, '', UNKNOWN",
        "127, 'curl: not found', UNKNOWN"
    })
    void bytesHaveToComeBack(int exit, String said, Verdict verdict) {
        assertThat(Check.echo("10.0.0.1", 80, 8000).seen(exit, said).verdict()).isEqualTo(verdict);
    }

    @Test
    void aNameIsAskedForWithoutTheSearchList() {
        assertThat(Check.resolve("kubernetes.default.svc.cluster.local").command())
                .last()
                .isEqualTo("kubernetes.default.svc.cluster.local.:443");
    }
}
