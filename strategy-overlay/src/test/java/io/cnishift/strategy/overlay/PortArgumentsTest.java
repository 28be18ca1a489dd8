package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PortArgumentsTest {

    @Test
    void findsPortsInEveryForm() {
        assertThat(PortArguments.ports(List.of(
                        "--secure-port=10250",
                        "--metrics-bind-addr=:8080",
                        "--validating-webhook=:8443",
                        "--listen-address=0.0.0.0:9402",
                        "--port",
                        "6443")))
                .containsExactly(6443, 8080, 8443, 9402, 10250);
    }

    @Test
    void leavesNumbersAloneThatAreNoPorts() {
        assertThat(PortArguments.ports(
                        List.of("--v=2", "--replicas=10250", "--timeout", "9443", "10250", "--port=99999")))
                .isEmpty();
    }

    @Test
    void replacesThePortAndNothingElse() {
        assertThat(PortArguments.replaced(
                        List.of(
                                "--secure-port=10250",
                                "--kubelet-port=10251",
                                "--addr=10.0.0.1:10250",
                                "--port",
                                "10250"),
                        10250,
                        4443))
                .containsExactly(
                        "--secure-port=4443", "--kubelet-port=10251", "--addr=10.0.0.1:4443", "--port", "4443");
    }
}
