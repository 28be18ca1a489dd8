package io.cnishift.simulator.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.simulator.front.Served.Answer;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.KubeWorld;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock of the cluster, and who may touch it. */
final class ControlTest {
    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void standsStillUntilItIsAdvanced() {
        assertThat(served.clock("GET", "", Served.TOKEN).text("now")).isEqualTo(Clusters.TAKEN_AT.toString());
        Answer later = served.clock("POST", "?advance=90s", Served.TOKEN);
        assertThat(later.text("now"))
                .isEqualTo(Clusters.TAKEN_AT.plus(Duration.ofSeconds(90)).toString());
    }

    @Test
    void advancesToWhatHappensNext() {
        Instant next = Instant.parse(served.clock("GET", "", Served.TOKEN).text("next"));
        Answer then = served.clock("POST", "?advance=next", Served.TOKEN);
        assertThat(then.text("now")).isEqualTo(next.toString());
        assertThat(Instant.parse(then.text("next"))).isAfterOrEqualTo(next);
    }

    @Test
    void wantsItsToken() {
        assertThat(served.clock("POST", "?advance=90s", "guessed").code()).isEqualTo(401);
        assertThat(served.clock("GET", "", Served.TOKEN).text("now")).isEqualTo(Clusters.TAKEN_AT.toString());
    }

    @Test
    void saysWhatIsNoTime() {
        Answer answer = served.clock("POST", "?advance=soon", Served.TOKEN);
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.text("message")).contains("advance=soon is no time");
    }

    @Test
    void listensToThisMachineOnly() {
        assertThatThrownBy(() -> new Front.Settings(
                        new InetSocketAddress("0.0.0.0", 0),
                        Served.TOKEN,
                        KubeWorld.healthy().kernel.clock(),
                        1))
                .hasMessageContaining("no loopback address");
    }
}
