package io.cnishift.api.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardTest {

    @Test
    void readsAPageWithCommasOfItsOwn() {
        Guard guard = Guard.parse("https://shop.example/health?of=a,b,status=2xx,latency=500ms");
        assertThat(guard)
                .isEqualTo(new Guard(
                        Guard.Kind.URL, "https://shop.example/health?of=a,b", "", "2xx", Duration.ofMillis(500)));
        assertThat(guard.expects(204)).isTrue();
        assertThat(guard.expects(302)).isFalse();
        assertThat(Guard.parse("https://shop.example/").expects(204)).isFalse();
    }

    @Test
    void readsAQueryWithEverythingBehindTheFirstQuestionMark() {
        Guard guard = Guard.parse("prom:http://prom:9090?rate(errors{job=\"a\"}[5m]) > 0.1 or up == 0?");
        assertThat(guard.subject()).isEqualTo("http://prom:9090");
        assertThat(guard.query()).isEqualTo("rate(errors{job=\"a\"}[5m]) > 0.1 or up == 0?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/health",
                "https://shop.example/health,status=204,latency=250ms",
                "alarm:Checkout errors, all",
                "prom:https://prom.example/x?up == 0",
                "service:shop/checkout"
            })
    void isReadAsItIsWritten(String text) {
        assertThat(Guard.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, is no guard",
        "ftp://shop.example, is no guard",
        "https:///health, no URL with a host",
        "https://me:secret@shop.example, user or password",
        "'https://shop.example,status=700', '700'",
        "'https://shop.example,latency=fast', 'fast'",
        "alarm:, names nothing",
        "service:checkout, names no Service",
        "prom:https://prom.example, no query"
    })
    void saysWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> Guard.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret");
    }
}
