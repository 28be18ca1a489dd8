package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import io.cnishift.api.port.MigrationException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InstanceWritesTest {

    private static final String ALONE = "ec2:TerminateInstances";
    private static final String IN_GROUP = "autoscaling:TerminateInstanceInAutoScalingGroup";
    private static final String LOOK = "autoscaling:DescribeAutoScalingGroups";

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aRunningInstanceOfAGroup() {
        aws.on("ec2:DescribeInstances", Wire.instance("i-1", "running"))
                .on("eks:DescribeNodegroup", Wire.gone("eks:"))
                .on(LOOK, Wire.groups(Wire.group("own", member("InService"))))
                .on(ALONE, Wire.empty(ALONE))
                .on(IN_GROUP, Wire.empty(IN_GROUP));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void replacesOrShrinksAsTheActSays() {
        aws.port().perform(new TerminateInstance("i-1", "own", false));
        aws.port().perform(new TerminateInstance("i-1", "own", true));
        assertThat(aws.asked(IN_GROUP))
                .extracting(a -> a.form().get("ShouldDecrementDesiredCapacity"))
                .containsExactly("false", "true");
    }

    @Test
    void endsAnInstanceWithoutAGroupThroughEc2() {
        assertThat(aws.port().perform(new TerminateInstance("i-1", "", false)).done())
                .isTrue();
        assertThat(aws.one(ALONE).form()).containsEntry("InstanceId.1", "i-1");
    }

    @Test
    void anInstanceThatEndsIsNotEndedAgain() {
        aws.on(LOOK, Wire.groups(Wire.group("own", member("Terminating:Wait"))));
        assertThat(aws.port().perform(new TerminateInstance("i-1", "own", true)).done())
                .isTrue();
        aws.on(LOOK, Wire.groups(Wire.group("own", member("InService"))));
        for (String state : List.of("shutting-down", "terminated")) {
            aws.on("ec2:DescribeInstances", Wire.instance("i-1", state));
            assertThat(aws.port()
                            .perform(new TerminateInstance("i-1", "own", true))
                            .done())
                    .isTrue();
        }
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void doesNotShrinkBelowTheMinimum() {
        aws.on(
                LOOK,
                Wire.groups(Wire.group("own", member("InService"))
                        .replace("<MinSize>1</MinSize>", "<MinSize>3</MinSize>")));
        assertThat(reason(new TerminateInstance("i-1", "own", true))).isEqualTo(Reason.INVALID);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void anInstanceOfAnotherGroupIsInvalid() {
        aws.on(LOOK, Wire.groups(Wire.group("own", "")));
        assertThat(reason(new TerminateInstance("i-1", "own", false))).isEqualTo(Reason.INVALID);
    }

    @Test
    void aLostAnswerIsNotAskedAgain() {
        aws.on(IN_GROUP, error(500, "InternalFailure", "oops"));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> aws.port().perform(new TerminateInstance("i-1", "own", true)))
                .matches(e -> e.code().equals("AWS-NO-ANSWER") && e.disposition() == Disposition.RETRY);
        assertThat(aws.asked(IN_GROUP)).hasSize(1);
    }

    @Test
    void throttledMeansThatNothingHappenedAndIsNotAskedAgainEither() {
        aws.on(IN_GROUP, error(400, "Throttling", "Rate exceeded"));
        assertThat(reason(new TerminateInstance("i-1", "own", true))).isEqualTo(Reason.THROTTLED);
        assertThat(aws.asked(IN_GROUP)).hasSize(1);
    }

    @Test
    void aGroupThatIsBusySaysSo() {
        aws.on(IN_GROUP, error(400, "ScalingActivityInProgress", "in progress"));
        assertThat(reason(new TerminateInstance("i-1", "own", true))).isEqualTo(Reason.BUSY);
    }

    @Test
    void tellsInstanceAndGroupBefore() {
        assertThat(aws.port().before(new TerminateInstance("i-1", "own", true)))
                .containsEntry("id", "i-1")
                .containsEntry("state", "running")
                .containsKey("group");
    }

    @Test
    void onlyEc2CanBeTriedWithoutEffect() {
        aws.on(ALONE, error(412, "DryRunOperation", "would have succeeded"));
        assertThat(aws.port().check(new TerminateInstance("i-1", "", false)))
                .get()
                .matches(ActResult::done);
        assertThat(aws.port().check(new TerminateInstance("i-1", "own", false))).isEmpty();
    }

    private static String member(String state) {
        return "<Instances><member><InstanceId>i-1</InstanceId><LifecycleState>" + state
                + "</LifecycleState></member></Instances>";
    }

    private Reason reason(TerminateInstance act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
