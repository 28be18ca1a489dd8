package io.cnishift.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.port.ActResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HelmRefusalsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress | BUSY
            Kubernetes cluster unreachable: Get "https://1.example/version": dial tcp: i/o timeout | UNAVAILABLE
            Kubernetes cluster unreachable: the server has asked for the client to provide credentials | FORBIDDEN
            query: failed to query with labels: secrets is forbidden: User "x" cannot list resource | FORBIDDEN
            admission webhook "policy.example" denied the request: no | ADMISSION
            uninstall: Release not loaded: cilium: release: not found | GONE
            execution error at (cilium/templates/validate.yaml:3:5): tunnel was removed | INVALID
            Operation cannot be fulfilled on daemonsets.apps "cilium": the object has been modified | CONFLICT
            """)
    void aRefusalHasAReason(String line, Reason reason) {
        assertThat(HelmRefusals.reason(line)).isEqualTo(reason);
    }

    @Test
    void aLineIsTheLastThatSaysSomething() {
        assertThat(HelmLine.of("values don't meet\ncilium:\n- at '/a': got string\n\n", "nothing"))
                .isEqualTo("at '/a': got string");
        assertThat(HelmLine.of("Error: bad\nUse --debug flag to render out invalid YAML\n", "nothing"))
                .isEqualTo("bad");
        assertThat(HelmLine.of(" \n", "nothing")).isEqualTo("nothing");
        assertThat(HelmLine.of("x".repeat(1000), "")).hasSize(303);
    }
}
