package io.cnishift.adapters.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.api.port.MigrationException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxyRuleTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.example, '', true",
        "https://api.example, other.example, true",
        "https://api.example, api.example, false",
        "https://a.eks.amazonaws.com, .eks.amazonaws.com, false",
        "https://a.eks.amazonaws.com, 'x, eks.amazonaws.com', false",
        "https://aeks.amazonaws.com, eks.amazonaws.com, true",
        "https://10.1.2.3, 10.0.0.0/8, false",
        "https://10.1.2.3, 192.168.0.0/16, true",
        "https://api.example:6443, api.example:6443, false",
        "https://api.example:6443, api.example:443, true",
        "https://api.example, *, false",
        "https://api.example, nonsense/99, true",
        "https://localhost:8443, '', false",
        "https://127.0.0.1:8443, '', false",
    })
    void obeysTheExceptions(String url, String exceptions, boolean proxied) {
        ProxyRule rule = new ProxyRule(
                new Environment(Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", exceptions)));
        assertThat(rule.proxyFor(URI.create(url)).isPresent()).isEqualTo(proxied);
    }

    @Test
    void plainHttpHasItsOwnProxy() {
        ProxyRule rule = new ProxyRule(new Environment(Map.of("http_proxy", "proxy.example")));
        assertThat(rule.proxyFor(URI.create("http://api.example"))).contains(URI.create("http://proxy.example:80"));
        assertThat(rule.proxyFor(URI.create("https://api.example"))).isEmpty();
    }

    @Test
    void aProxyThatIsNoUrlIsRefusedWithoutItsPassword() {
        ProxyRule rule = new ProxyRule(new Environment(Map.of("https_proxy", "http://user:hun ter2@proxy.example")));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> rule.proxyFor(URI.create("https://api.example")))
                .matches(e -> !e.toString().contains("hun"))
                .withNoCause();
    }
}
