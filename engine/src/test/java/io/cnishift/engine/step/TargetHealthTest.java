package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetHealthTest {

    @ParameterizedTest
    @CsvSource({
        "healthy, healthy, healthy, true",
        "healthy, healthy, unhealthy, false",
        "healthy, healthy, initial, false",
        // a zone that the load balancer lacks: the group is in use, that target never is
        "healthy, healthy, unused, true",
        "healthy, initial, unused, false",
        // a group that nothing forwards to yet
        "unused, unused, unused, false",
        "draining, unused, unused, false"
    })
    void wantsEveryNodeThatTheLoadBalancerSendsTo(String a, String b, String c, boolean served) {
        Scene scene = Scene.of(
                Make.node("n1").build(),
                Make.node("n2").build(),
                Make.node("n3").build(),
                Make.targets("tg", "instance", "web/api", "i-n1=" + a, "i-n2=" + b, "i-n3=" + c));
        assertThat(TargetHealth.missing(scene.view(), "web/api", "instance").isEmpty())
                .isEqualTo(served);
    }
}
