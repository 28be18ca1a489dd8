package io.cnishift.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ConnectionOptionsTest {

    @Test
    void theNextCommandReachesTheClusterTheSameWay() {
        ConnectionOptions given = CommandLine.populateCommand(
                new ConnectionOptions(), "--kubeconfig", "my config", "--region", "eu-central-1");
        assertThat(given.words()).isEqualTo(" --region eu-central-1 --kubeconfig 'my config'");
        assertThat(given.given()).contains("--region");
    }
}
