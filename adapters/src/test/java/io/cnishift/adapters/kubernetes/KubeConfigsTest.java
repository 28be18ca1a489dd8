package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.MigrationException;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class KubeConfigsTest {

    private static final String TWO_CONTEXTS = """
            apiVersion: v1
            kind: Config
            current-context: one
            contexts:
            - {name: one, context: {cluster: one, user: one}}
            - {name: two, context: {cluster: two, user: one}}
            clusters:
            - {name: one, cluster: {server: "https://one.example"}}
            - name: two
              cluster:
                server: https://two.example:6443
                proxy-url: http://proxy.example:3128
                tls-server-name: api.two.example
            users:
            - {name: one, user: {token: t-1}}
            """;

    @TempDir
    private Path folder;

    private final ConnectionSettings.Builder settings = ConnectionSettings.builder();

    @Test
    void usesTheCurrentContext() throws IOException {
        Config config = config(Map.of());
        assertThat(config.getMasterUrl()).isEqualTo("https://one.example/");
        assertThat(config.getAutoOAuthToken()).isEqualTo("t-1");
    }

    @Test
    void usesTheContextThatIsAskedForWithProxyAndServerName() throws IOException {
        settings.withContext(Optional.of("two"));
        Config config = config(Map.of("HTTPS_PROXY", "http://other.example:1"));
        assertThat(config.getMasterUrl()).isEqualTo("https://two.example:6443/");
        assertThat(config.getHttpsProxy()).isEqualTo("http://proxy.example:3128");
        assertThat(config.getTlsServerName()).isEqualTo("api.two.example");
    }

    @Test
    void refusesAContextThatIsNotThere() {
        settings.withContext(Optional.of("three"));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> config(Map.of()))
                .withMessageEndingWith("has no context three; it has one, two");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        settings.withKubeconfig(Optional.of(folder.resolve("missing")));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> configs(Map.of()).fromKubeconfig())
                .matches(e -> e.category() == MigrationException.Category.USER)
                .withMessageContaining("missing");
    }

    @Test
    void refusesAFileThatIsNoKubeconfig() {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> {
                    settings.withKubeconfig(Optional.of(file("broken", "a: [b\n")));
                    configs(Map.of()).fromKubeconfig();
                })
                .withMessageContaining("broken");
    }

    @Test
    void mergesTheFilesOfTheVariable() throws IOException {
        Path users = file("users", "kind: Config\nusers: [{name: one, user: {token: t-2}}]\n");
        Path rest = file("rest", TWO_CONTEXTS.replace("- {name: one, user: {token: t-1}}", ""));
        settings.withContext(Optional.of("two"));
        Config config = configs(Map.of("KUBECONFIG", users + File.pathSeparator + rest + File.pathSeparator + "/none"))
                .fromKubeconfig();
        assertThat(config.getAutoOAuthToken()).isEqualTo("t-2");
        assertThat(config.getMasterUrl()).isEqualTo("https://two.example:6443/");
    }

    @Test
    void findsTheFileInTheHomeFolder() throws IOException {
        Files.createDirectories(folder.resolve(".kube"));
        Files.writeString(folder.resolve(".kube/config"), TWO_CONTEXTS);
        settings.withContext(Optional.of("one"));
        assertThat(configs(Map.of("HOME", folder.toString())).fromKubeconfig().getMasterUrl())
                .isEqualTo("https://one.example/");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plug-in is a shell script")
    void runsTheCredentialPlugIn() throws IOException {
        String credential = "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\","
                + "\"status\":{\"token\":\"from-plug-in\"}}";
        Path plugIn = file("plug-in.sh", "#!/bin/sh\necho '" + credential + "'\n");
        assertThat(plugIn.toFile().setExecutable(true)).isTrue();
        settings.withKubeconfig(Optional.of(file("exec", TWO_CONTEXTS.replace("{token: t-1}", """
                {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./plug-in.sh}}"""))));
        assertThat(configs(Map.of()).fromKubeconfig().getAutoOAuthToken()).isEqualTo("from-plug-in");
    }

    @Test
    void impersonatesAUser() {
        settings.withAs(Optional.of("alice"));
        try (FakeApiServer server = new FakeApiServer();
                KubernetesSide side = new KubernetesSide(
                        settings.build(),
                        new Environment(Map.of()),
                        () -> new ApiServer(server.url(), ""),
                        () -> () -> "token",
                        new FakeTime(),
                        new CallMetrics())) {
            side.reader().read(Set.of(Part.NODES));
            assertThat(server.seen().get(0).headers().get("Impersonate-user")).isEqualTo(List.of("alice"));
        }
    }

    @Test
    void anEndpointReplacesTheServerAndKeepsItsName() throws IOException {
        settings.withEndpoint(Optional.of("https://127.0.0.1:8443"));
        Config config = config(Map.of());
        assertThat(config.getMasterUrl()).isEqualTo("https://127.0.0.1:8443/");
        assertThat(config.getTlsServerName()).isEqualTo("one.example");
    }

    @Test
    void requestsGoThroughTheProxy() {
        try (FakeApiServer proxy = new FakeApiServer();
                KubernetesSide side = new KubernetesSide(
                        settings.build(),
                        new Environment(Map.of("http_proxy", proxy.url())),
                        () -> new ApiServer("http://api.invalid", ""),
                        () -> () -> "token",
                        new FakeTime(),
                        new CallMetrics())) {
            assertThat(side.reader().read(Set.of(Part.NODES)).unknown()).isEmpty();
            assertThat(proxy.seen().get(0).headers().get("Host")).isEqualTo(List.of("api.invalid"));
        }
    }

    @Test
    void usesTheProxyOfTheEnvironment() throws IOException {
        Config config = config(Map.of("HTTPS_PROXY", "http://user:secret@proxy.example:3128"));
        assertThat(config.getHttpsProxy()).isEqualTo("http://proxy.example:3128");
        assertThat(config.getProxyUsername()).isEqualTo("user");
        assertThat(config.getProxyPassword()).isEqualTo("secret");
    }

    @Test
    void refusesAContextWithoutServer() {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> {
                    settings.withKubeconfig(Optional.of(file("empty", """
                            current-context: one
                            contexts: [{name: one, context: {cluster: gone, user: one}}]
                            """)));
                    configs(Map.of()).fromKubeconfig();
                })
                .withMessageContaining("context one")
                .withMessageEndingWith("names no server");
    }

    @Test
    void mixesInNothingOfTheMachine() throws IOException {
        System.setProperty(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, "https://elsewhere.example");
        try {
            assertThat(config(Map.of()).getMasterUrl()).isEqualTo("https://one.example/");
        } finally {
            System.clearProperty(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY);
        }
    }

    @Test
    void leavesRepeatingToTheOneLayerThatDoesIt() throws IOException {
        assertThat(config(Map.of()).getRequestRetryBackoffLimit()).isZero();
    }

    private Config config(Map<String, String> environment) throws IOException {
        settings.withKubeconfig(Optional.of(file("kubeconfig", TWO_CONTEXTS)));
        return configs(environment).fromKubeconfig();
    }

    private KubeConfigs configs(Map<String, String> environment) {
        return new KubeConfigs(settings.build(), new Environment(environment));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
