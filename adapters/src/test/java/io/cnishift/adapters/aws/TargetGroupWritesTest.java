package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static io.cnishift.adapters.aws.StubAws.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.aws.StubAws.Reply;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TargetGroupWritesTest {

    private static final String LOOK = "elasticloadbalancing:DescribeTargetGroups";
    private static final String TAGS = "elasticloadbalancing:DescribeTags";
    private static final String ATTRIBUTES = "elasticloadbalancing:DescribeTargetGroupAttributes";
    private static final String ADD = "elasticloadbalancing:CreateTargetGroup";
    private static final String SET = "elasticloadbalancing:ModifyTargetGroupAttributes";
    private static final String REMOVE = "elasticloadbalancing:DeleteTargetGroup";
    private static final Reply NOT_THERE = error(400, "TargetGroupNotFound", "One or more target groups not found");
    private static final Act MAKE =
            new CreateTargetGroup("green-web", "arn:blue", "instance", Map.of("cnishift.io/migration", "m1"));
    private static final Act DELETE = new DeleteTargetGroup("green-web", Map.of("cnishift.io/migration", "m1"));

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aGroupToMakeOneLike() {
        aws.on(LOOK, NOT_THERE, described("arn:blue", "web"))
                .on(TAGS, tags("cnishift.io/migration", "m1"))
                .on(ATTRIBUTES, attributes())
                .on(
                        ADD,
                        ok(
                                "<R><CreateTargetGroupResult><TargetGroups><member><TargetGroupArn>arn:green</TargetGroupArn>"
                                        + "</member></TargetGroups></CreateTargetGroupResult></R>"))
                .on(SET, Wire.empty(SET))
                .on(REMOVE, Wire.empty(REMOVE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private static Reply described(String arn, String name) {
        return ok("<R><DescribeTargetGroupsResult><TargetGroups><member><TargetGroupArn>" + arn
                + "</TargetGroupArn><TargetGroupName>" + name
                + "</TargetGroupName><Protocol>HTTP</Protocol><ProtocolVersion>HTTP2</ProtocolVersion><Port>80</Port>"
                + "<VpcId>vpc-1</VpcId><HealthCheckProtocol>HTTP</HealthCheckProtocol><HealthCheckPort>traffic-port"
                + "</HealthCheckPort><HealthCheckPath>/healthz</HealthCheckPath><HealthCheckEnabled>true"
                + "</HealthCheckEnabled><HealthCheckIntervalSeconds>15</HealthCheckIntervalSeconds><TargetType>ip"
                + "</TargetType></member></TargetGroups></DescribeTargetGroupsResult></R>");
    }

    private static Reply tags(String key, String value) {
        return ok(
                "<R><DescribeTagsResult><TagDescriptions><member><ResourceArn>arn:green</ResourceArn><Tags><member><Key>"
                        + key + "</Key><Value>" + value
                        + "</Value></member></Tags></member></TagDescriptions></DescribeTagsResult></R>");
    }

    private static Reply attributes() {
        return ok(
                "<R><DescribeTargetGroupAttributesResult><Attributes><member><Key>deregistration_delay.timeout_seconds"
                        + "</Key><Value>60</Value></member></Attributes></DescribeTargetGroupAttributesResult></R>");
    }

    @Test
    void isMadeLikeTheOtherButForItsTargets() {
        assertThat(aws.port().perform(MAKE)).isEqualTo(new Performed(Map.of("arn", "arn:green")));

        assertThat(aws.one(ADD).form())
                .containsEntry("Name", "green-web")
                .containsEntry("TargetType", "instance")
                .containsEntry("ProtocolVersion", "HTTP2")
                .containsEntry("VpcId", "vpc-1")
                .containsEntry("HealthCheckPath", "/healthz")
                .containsEntry("HealthCheckIntervalSeconds", "15")
                .containsEntry("Tags.member.1.Key", "cnishift.io/migration");
        assertThat(aws.one(SET).form())
                .containsEntry("TargetGroupArn", "arn:green")
                .containsEntry("Attributes.member.1.Value", "60");
    }

    @Test
    void oneThatThisMigrationMadeIsFoundAgainAndFinished() {
        aws.on(LOOK, described("arn:green", "green-web"), described("arn:blue", "web"));

        assertThat(aws.port().perform(MAKE)).isEqualTo(new Performed(Map.of("arn", "arn:green")));
        assertThat(aws.writes()).containsExactly(SET);
    }

    @Test
    void oneOfSomebodyElseIsLeftAlone() {
        aws.on(LOOK, described("arn:green", "green-web")).on(TAGS, tags("cnishift.io/migration", "other"));

        assertThat(reason(MAKE)).isEqualTo(Reason.EXISTS);
        assertThat(reason(DELETE)).isEqualTo(Reason.EXISTS);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void withoutTheOtherThereIsNothingToMakeItLike() {
        aws.on(LOOK, NOT_THERE);
        assertThat(reason(MAKE)).isEqualTo(Reason.GONE);
    }

    @Test
    void isDeletedOnceNoListenerForwardsToIt() {
        aws.on(LOOK, described("arn:green", "green-web")).on(REMOVE, error(400, "ResourceInUse", "in use by a rule"));
        assertThat(reason(DELETE)).isEqualTo(Reason.BUSY);

        aws.on(REMOVE, Wire.empty(REMOVE));
        assertThat(aws.port().perform(DELETE).done()).isTrue();

        aws.on(LOOK, NOT_THERE);
        assertThat(aws.port().perform(DELETE).done()).isTrue();
        assertThat(aws.port().before(DELETE)).isEmpty();
    }

    @Test
    void tellsWhatIsThereUnderItsName() {
        aws.on(LOOK, described("arn:green", "green-web"));
        assertThat(aws.port().before(MAKE))
                .isEqualTo(Map.of("name", "green-web", "arn", "arn:green", "targetType", "ip"));
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
