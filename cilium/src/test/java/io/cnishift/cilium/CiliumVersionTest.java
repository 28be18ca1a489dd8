package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CiliumVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.18, 1.18.12",
        "1.19, 1.19.6",
        "1.20, 1.20.0",
        "1.20.0, 1.20.0",
        "v1.19.6, 1.19.6",
        "1.18.3, 1.18.3",
        "v1.20, 1.20.0",
        "1.20.2, 1.20.2"
    })
    void readsALineAsItsNewestPatchAndAFullNumberAsItself(String text, String canonical) {
        assertThat(CiliumVersion.parse(text)).hasToString(canonical);
        assertThat(CiliumVersion.parse(canonical)).isEqualTo(CiliumVersion.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.17", "1.21.0", "2.0", "", "latest", "1.20.0-rc.1", "1.20.0.1", "1", "v1.20.99999"})
    void refusesOtherReleasesInOneSentenceThatNamesThem(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CiliumVersion.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("1.18, 1.19 or 1.20");
    }

    @Test
    void ordersByLineThenPatchAsNumbers() {
        List<CiliumVersion> sorted = List.of("1.20.0", "1.18.12", "1.18.3", "1.19.6").stream()
                .map(CiliumVersion::parse)
                .sorted()
                .toList();
        assertThat(sorted).map(CiliumVersion::toString).containsExactly("1.18.3", "1.18.12", "1.19.6", "1.20.0");
    }

    @Test
    void newestIsTheLastOfTheLines() {
        assertThat(CiliumVersion.lines()).map(CiliumVersion::toString).containsExactly("1.18.12", "1.19.6", "1.20.0");
        assertThat(CiliumVersion.newest()).isEqualTo(CiliumVersion.lines().get(2));
    }
}
