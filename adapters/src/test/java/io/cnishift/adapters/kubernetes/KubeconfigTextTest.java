package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KubeconfigTextTest {

    private final Config config = Config.empty();

    @Test
    void leadsToTheSameServerWithATokenOfNow() {
        config.setMasterUrl("https://one.example");
        config.setCaCertData("Y2E=");
        config.setOauthTokenProvider(() -> "t-2");
        assertThat(only("clusters", "cluster"))
                .containsEntry("server", "https://one.example/")
                .containsEntry("certificate-authority-data", "Y2E=");
        assertThat(only("users", "user")).isEqualTo(Map.of("token", "t-2"));
    }

    @Test
    void keepsNameProxyAndCallerOfTheUsersOwnKubeconfig() {
        config.setMasterUrl("https://127.0.0.1:6443");
        config.setTlsServerName("one.example");
        config.setHttpsProxy("http://proxy.example:3128");
        config.setProxyUsername("me");
        config.setProxyPassword("pw");
        config.setClientCertData("Y2VydA==");
        config.setClientKeyData("a2V5");
        config.setImpersonateUsername("auditor");
        config.setImpersonateGroups("a", "b");
        assertThat(only("clusters", "cluster"))
                .containsEntry("tls-server-name", "one.example")
                .containsEntry("proxy-url", "http://me:pw@proxy.example:3128")
                .doesNotContainKey("insecure-skip-tls-verify");
        assertThat(only("users", "user"))
                .isEqualTo(Map.of(
                        "client-certificate-data",
                        "Y2VydA==",
                        "client-key-data",
                        "a2V5",
                        "as",
                        "auditor",
                        "as-groups",
                        List.of("a", "b")));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> only(String list, String entry) {
        Map<String, Object> all = Serialization.unmarshal(KubeconfigText.of(config), Map.class);
        List<Map<String, Object>> entries = (List<Map<String, Object>>) all.get(list);
        return (Map<String, Object>) entries.get(0).get(entry);
    }
}
