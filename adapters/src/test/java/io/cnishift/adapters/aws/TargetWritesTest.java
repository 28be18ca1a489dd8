package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TargetWritesTest {

    private static final String ADD = "elasticloadbalancing:RegisterTargets";
    private static final String REMOVE = "elasticloadbalancing:DeregisterTargets";
    private static final String LOOK = "elasticloadbalancing:DescribeTargetHealth";
    private static final Act IN = new RegisterTargets("arn:tg", List.of("i-1", "i-2"));
    private static final Act OUT = new DeregisterTargets("arn:tg", List.of("i-1", "i-9"));

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aGroupOfTwo() {
        aws.on(LOOK, Wire.targets("i-1", "i-2")).on(ADD, Wire.empty(ADD)).on(REMOVE, Wire.empty(REMOVE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void registersOnThePortOfTheGroup() {
        assertThat(aws.port().perform(IN).done()).isTrue();
        assertThat(aws.one(ADD).form())
                .containsEntry("Targets.member.1.Id", "i-1")
                .containsEntry("Targets.member.2.Id", "i-2")
                .doesNotContainKey("Targets.member.1.Port");
    }

    @Test
    void deregistersWhatIsRegisteredOnThePortThatItIsRegisteredWith() {
        assertThat(aws.port().perform(OUT).done()).isTrue();
        assertThat(aws.one(REMOVE).form())
                .containsEntry("Targets.member.1.Id", "i-1")
                .containsEntry("Targets.member.1.Port", "30080")
                .doesNotContainKey("Targets.member.2.Id");
    }

    @Test
    void whatIsNotRegisteredIsDeregisteredAlready() {
        aws.on(LOOK, Wire.targets());
        assertThat(aws.port().perform(OUT).done()).isTrue();
        assertThat(aws.writes()).isEmpty();
        aws.on(LOOK, Wire.targets("i-1")).on(REMOVE, error(400, "InvalidTarget", "not registered"));
        assertThat(aws.port().perform(OUT).done()).isTrue();
    }

    @Test
    void aTargetGroupThatIsNotThereIsGone() {
        aws.on(LOOK, error(400, "TargetGroupNotFound", "gone")).on(ADD, error(400, "TargetGroupNotFound", "gone"));
        assertThat(reason(IN)).isEqualTo(Reason.GONE);
        assertThat(reason(OUT)).isEqualTo(Reason.GONE);
        assertThat(aws.port().before(IN)).isEmpty();
    }

    @Test
    void tellsTheTargetsBefore() {
        aws.on(LOOK, Wire.targets("i-1"));
        assertThat(aws.port().before(IN))
                .isEqualTo(Map.of(
                        "arn", "arn:tg", "targets", List.of(Map.of("id", "i-1", "port", 30080, "health", "healthy"))));
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
