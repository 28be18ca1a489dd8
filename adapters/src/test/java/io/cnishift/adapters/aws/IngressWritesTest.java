package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IngressWritesTest {

    private static final String ADD = "ec2:AuthorizeSecurityGroupIngress";
    private static final String REMOVE = "ec2:RevokeSecurityGroupIngress";
    private static final Rule VXLAN = new Rule("", "udp", 8472, 8472, "10.0.0.0/16", "VXLAN");
    private static final Rule HEALTH = new Rule("", "tcp", 4240, 4240, "sg-9", "");
    private static final Act ALLOW = new AuthorizeIngress("sg-1", List.of(VXLAN, HEALTH));
    private static final Act FORBID = new RevokeIngress("sg-1", List.of(VXLAN));

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aGroupWithOneRule() {
        aws.on("ec2:DescribeSecurityGroups", Wire.securityGroup("sg-1"))
                .on("ec2:DescribeSecurityGroupRules", Wire.rules(List.of(Wire.rule("sgr-1", 8472, "10.0.0.0/16"))))
                .on(ADD, Wire.empty(ADD))
                .on(REMOVE, Wire.empty(REMOVE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void addsAllRulesInOneRequest() {
        assertThat(aws.port().perform(ALLOW).done()).isTrue();
        assertThat(aws.one(ADD).form())
                .containsEntry("GroupId", "sg-1")
                .containsEntry("IpPermissions.1.IpProtocol", "udp")
                .containsEntry("IpPermissions.1.FromPort", "8472")
                .containsEntry("IpPermissions.1.IpRanges.1.CidrIp", "10.0.0.0/16")
                .containsEntry("IpPermissions.1.IpRanges.1.Description", "VXLAN")
                .containsEntry("IpPermissions.2.Groups.1.GroupId", "sg-9")
                .doesNotContainKey("IpPermissions.2.Groups.1.Description");
    }

    @Test
    void givesEachRuleItsTags() {
        aws.port().perform(new AuthorizeIngress("sg-1", List.of(VXLAN), Map.of("team", "net")));
        assertThat(aws.one(ADD).form())
                .containsEntry("TagSpecification.1.ResourceType", "security-group-rule")
                .containsEntry("TagSpecification.1.Tag.1.Key", "team")
                .containsEntry("TagSpecification.1.Tag.1.Value", "net");
    }

    @Test
    void leavesARuleThatIsThereAndAddsTheOthers() {
        aws.on(
                ADD,
                error(400, "InvalidPermission.Duplicate", "exists"),
                error(400, "InvalidPermission.Duplicate", "exists"),
                Wire.empty(ADD));
        assertThat(aws.port().perform(ALLOW).done()).isTrue();
        assertThat(aws.asked(ADD)).hasSize(3);
        assertThat(aws.asked(ADD).get(2).form()).containsEntry("IpPermissions.1.IpProtocol", "tcp");
    }

    @Test
    void removesByTheIdOfTheRule() {
        assertThat(aws.port().perform(FORBID).done()).isTrue();
        assertThat(aws.one(REMOVE).form())
                .containsEntry("SecurityGroupRuleId.1", "sgr-1")
                .doesNotContainKey("IpPermissions.1.IpProtocol");
    }

    @Test
    void aRuleThatIsNotThereIsRemovedAlready() {
        aws.on("ec2:DescribeSecurityGroupRules", Wire.rules(List.of()));
        assertThat(aws.port().perform(FORBID).done()).isTrue();
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aRuleThatGoesMeanwhileIsRemovedToo() {
        aws.on(REMOVE, error(400, "InvalidSecurityGroupRuleId.NotFound", "gone"));
        assertThat(aws.port().perform(FORBID).done()).isTrue();
    }

    @Test
    void aGroupThatIsNotThereIsGone() {
        aws.on("ec2:DescribeSecurityGroups", error(400, "InvalidGroup.NotFound", "gone"))
                .on(ADD, error(400, "InvalidGroup.NotFound", "gone"));
        assertThat(reason(ALLOW)).isEqualTo(Reason.GONE);
        assertThat(reason(FORBID)).isEqualTo(Reason.GONE);
        assertThat(aws.port().before(ALLOW)).isEmpty();
    }

    @Test
    void tellsTheRulesBefore() {
        assertThat(aws.port().before(ALLOW))
                .isEqualTo(Map.of(
                        "id",
                        "sg-1",
                        "ingress",
                        List.of(Map.of(
                                "id",
                                "sgr-1",
                                "protocol",
                                "udp",
                                "fromPort",
                                8472,
                                "toPort",
                                8472,
                                "peer",
                                "10.0.0.0/16",
                                "description",
                                ""))));
    }

    @Test
    void aDryRunThatWouldBeDoneSaysSo() {
        aws.on(ADD, error(412, "DryRunOperation", "would have succeeded"));
        assertThat(aws.port().check(ALLOW)).get().matches(ActResult::done);
        assertThat(aws.one(ADD).form()).containsEntry("DryRun", "true");
    }

    @Test
    void aDryRunThatIsDeniedNamesTheAction() {
        aws.on(REMOVE, error(403, "UnauthorizedOperation", "no"));
        ActResult.Refused said = (ActResult.Refused) aws.port().check(FORBID).orElseThrow();
        assertThat(said.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(said.message()).contains(REMOVE);
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, ActResult.Refused::reason);
    }
}
