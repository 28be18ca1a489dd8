package io.cnishift.adapters.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.api.port.MigrationException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionSettingsTest {

    @Test
    void parsesATarget() {
        assertThat(ClusterTarget.parse("eks:shop", ConnectionSettings.none()))
                .contains(new ClusterTarget("shop", ConnectionSettings.none()))
                .hasToString("Optional[eks:shop]");
        assertThat(ClusterTarget.parse("sim:shop", ConnectionSettings.none())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "arn:aws:eks:eu-central-1:123456789012:cluster/shop", "../x"})
    void refusesWhatIsNoName(String name) {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> new ClusterTarget(name, ConnectionSettings.none()))
                .matches(e -> e.remedy().contains("eks:NAME"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "arn:aws:iam::1:role/x", "arn:aws:iam::123456789012:user/x"})
    void refusesWhatIsNoRole(String arn) {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> ConnectionSettings.builder()
                        .withRoleArn(Optional.of(arn))
                        .build());
    }

    @Test
    void takesARoleOfAnyPartition() {
        String arn = "arn:aws-us-gov:iam::123456789012:role/path/admin";
        assertThat(ConnectionSettings.builder()
                        .withRoleArn(Optional.of(arn))
                        .build()
                        .roleArn())
                .contains(arn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8443", "https://", "https://host/path/deep", "ftp://host"})
    void refusesWhatIsNoEndpoint(String url) {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> ConnectionSettings.builder()
                        .withEndpoint(Optional.of(url))
                        .build())
                .matches(e -> e.code().equals("CLUSTER-ENDPOINT"));
    }

    @Test
    void aContextAloneMeansTheDefaultKubeconfig() {
        assertThat(ConnectionSettings.none().usesKubeconfig()).isFalse();
        assertThat(ConnectionSettings.builder()
                        .withContext(Optional.of("a"))
                        .build()
                        .usesKubeconfig())
                .isTrue();
        assertThat(ConnectionSettings.builder()
                        .withKubeconfig(Optional.of(Path.of("x")))
                        .build()
                        .usesKubeconfig())
                .isTrue();
    }
}
