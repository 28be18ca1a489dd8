package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GroupSettingsTest {

    private static final String CONFIGURE = "eks:UpdateNodegroupConfig";
    private static final String UPDATE = "autoscaling:UpdateAutoScalingGroup";
    private static final String SUSPEND = "autoscaling:SuspendProcesses";
    private static final String RESUME = "autoscaling:ResumeProcesses";
    private static final String SUSPENDED =
            "<SuspendedProcesses><member><ProcessName>AZRebalance</ProcessName></member></SuspendedProcesses>";
    private static final Map<String, Object> GENERAL = Map.of(
            "nodegroupName", "general",
            "status", "ACTIVE",
            "scalingConfig", Map.of("minSize", 1, "maxSize", 5, "desiredSize", 3),
            "nodeRepairConfig", Map.of("enabled", true),
            "launchTemplate", Map.of("id", Wire.TEMPLATE, "version", "$Default"),
            "resources", Map.of("autoScalingGroups", List.of(Map.of("name", "eks-general-1"))));

    private final StubAws aws = new StubAws();

    @BeforeEach
    void takesEveryChange() {
        for (String operation : List.of(CONFIGURE, UPDATE, SUSPEND, RESUME)) {
            aws.on(operation, Wire.empty(operation));
        }
        aws.on("ec2:DescribeLaunchTemplateVersions", Wire.versions(Wire.version(7, "", "")));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private void managed(Map<String, Object> group) {
        aws.on("eks:DescribeNodegroup", Wire.nodegroup(group))
                .on("autoscaling:DescribeAutoScalingGroups", Wire.groups(Wire.group("eks-general-1", SUSPENDED)));
    }

    private void selfManaged(String more) {
        aws.on("eks:DescribeNodegroup", Wire.gone("eks:"))
                .on("autoscaling:DescribeAutoScalingGroups", Wire.groups(Wire.group("own", more)));
    }

    private void nothing() {
        aws.on("eks:DescribeNodegroup", Wire.gone("eks:")).on("autoscaling:DescribeAutoScalingGroups", Wire.groups());
    }

    @Test
    void resizesAManagedGroupThroughEks() {
        managed(GENERAL);
        assertThat(perform(new SetGroupSize("general", 0, 8, 4))).isTrue();
        assertThat(aws.one(CONFIGURE).json())
                .containsEntry("scalingConfig", Map.of("minSize", 0, "maxSize", 8, "desiredSize", 4))
                .containsKey("clientRequestToken");
    }

    @Test
    void theSameSizeLaterIsNotTheRequestOfBefore() {
        managed(GENERAL);
        RealAwsPort port = aws.port();
        port.perform(new SetGroupSize("general", 0, 8, 4));
        aws.time.pass(Duration.ofSeconds(1));
        port.perform(new SetGroupSize("general", 0, 8, 4));
        assertThat(aws.asked(CONFIGURE).stream().map(a -> a.json().get("clientRequestToken")))
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesAManagedGroupThatHasThatSize() {
        managed(GENERAL);
        assertThat(perform(new SetGroupSize("general", 1, 5, 3))).isTrue();
        assertThat(perform(new SetAutoRepair("general", true))).isTrue();
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void resizesAnotherGroupThroughAutoScaling() {
        selfManaged("");
        assertThat(perform(new SetGroupSize("own", 0, 8, 4))).isTrue();
        assertThat(aws.one(UPDATE).form())
                .containsEntry("AutoScalingGroupName", "own")
                .containsEntry("MinSize", "0")
                .containsEntry("MaxSize", "8")
                .containsEntry("DesiredCapacity", "4");
    }

    @Test
    void impossibleSizesAreNotAskedFor() {
        assertThat(reason(new SetGroupSize("general", 4, 8, 3))).isEqualTo(Reason.INVALID);
        managed(GENERAL);
        assertThat(reason(new SetGroupSize("general", 0, 0, 0))).isEqualTo(Reason.INVALID);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aGroupThatChangesIsBusy() {
        Map<String, Object> updating = new HashMap<>(GENERAL);
        updating.put("status", "UPDATING");
        managed(updating);
        assertThat(reason(new SetAutoRepair("general", false))).isEqualTo(Reason.BUSY);
        managed(GENERAL);
        aws.on(CONFIGURE, error(409, "ResourceInUseException", "No changes while updating"));
        assertThat(reason(new SetAutoRepair("general", false))).isEqualTo(Reason.BUSY);
        selfManaged("");
        aws.on(UPDATE, error(400, "ScalingActivityInProgress", "in progress"));
        assertThat(reason(new SetGroupSize("own", 0, 8, 4))).isEqualTo(Reason.BUSY);
    }

    @Test
    void switchesAutoRepair() {
        managed(GENERAL);
        assertThat(perform(new SetAutoRepair("general", false))).isTrue();
        assertThat(aws.one(CONFIGURE).json())
                .containsEntry("nodeRepairConfig", Map.of("enabled", false))
                .doesNotContainKey("scalingConfig");
    }

    @Test
    void suspendsAndResumesInTheGroupBehindAManagedOne() {
        managed(GENERAL);
        assertThat(perform(new SuspendProcesses("general", List.of("AZRebalance", "ReplaceUnhealthy"))))
                .isTrue();
        assertThat(perform(new ResumeProcesses("general", List.of("ReplaceUnhealthy"))))
                .isTrue();
        assertThat(aws.one(SUSPEND).form())
                .containsEntry("AutoScalingGroupName", "eks-general-1")
                .containsEntry("ScalingProcesses.member.2", "ReplaceUnhealthy");
        assertThat(aws.one(RESUME).form()).containsEntry("ScalingProcesses.member.1", "ReplaceUnhealthy");
    }

    /** Without names Auto Scaling would take all of its processes. */
    @Test
    void noProcessIsNotEveryProcess() {
        managed(GENERAL);
        assertThat(perform(new SuspendProcesses("general", List.of()))).isTrue();
        assertThat(perform(new ResumeProcesses("general", List.of()))).isTrue();
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void pointsAGroupAtAVersion() {
        selfManaged(Wire.template("3"));
        assertThat(perform(new UseTemplateVersion("own", Wire.TEMPLATE, 7))).isTrue();
        assertThat(aws.one(UPDATE).form())
                .containsEntry("LaunchTemplate.LaunchTemplateId", Wire.TEMPLATE)
                .containsEntry("LaunchTemplate.Version", "7");
    }

    @Test
    void keepsTheRestOfAMixedInstancesPolicy() {
        selfManaged("<MixedInstancesPolicy><LaunchTemplate><LaunchTemplateSpecification><LaunchTemplateId>"
                + Wire.TEMPLATE + "</LaunchTemplateId><Version>3</Version></LaunchTemplateSpecification><Overrides>"
                + "<member><InstanceType>m5.large</InstanceType></member><member><InstanceType>m6g.large</InstanceType>"
                + "<LaunchTemplateSpecification><LaunchTemplateId>lt-arm</LaunchTemplateId><Version>2</Version>"
                + "</LaunchTemplateSpecification></member></Overrides></LaunchTemplate></MixedInstancesPolicy>");
        perform(new UseTemplateVersion("own", Wire.TEMPLATE, 7));
        String prefix = "MixedInstancesPolicy.LaunchTemplate.";
        assertThat(aws.one(UPDATE).form())
                .containsEntry(prefix + "LaunchTemplateSpecification.Version", "7")
                .containsEntry(prefix + "Overrides.member.1.InstanceType", "m5.large")
                .containsEntry(prefix + "Overrides.member.2.LaunchTemplateSpecification.Version", "2")
                .doesNotContainKey("LaunchTemplate.Version");
    }

    @Test
    void aVersionThatWasMadeAMomentAgoIsWaitedFor() {
        selfManaged(Wire.template("3"));
        aws.on(
                "ec2:DescribeLaunchTemplateVersions",
                Wire.gone("ec2:"),
                Wire.gone("ec2:"),
                Wire.versions(Wire.version(7, "", "")));
        assertThat(perform(new UseTemplateVersion("own", Wire.TEMPLATE, 7))).isTrue();
        assertThat(aws.time.passed()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aNameThatEksWouldNotLookForIsThatOfAnAutoScalingGroup() {
        aws.on("eks:DescribeNodegroup", error(400, "InvalidParameterException", "bad name"))
                .on("autoscaling:DescribeAutoScalingGroups", Wire.groups(Wire.group("own nodes", "")));
        assertThat(perform(new SetGroupSize("own nodes", 0, 8, 4))).isTrue();
    }

    @Test
    void aVersionThatIsNotThereOrAManagedGroupIsInvalid() {
        managed(GENERAL);
        assertThat(reason(new UseTemplateVersion("general", Wire.TEMPLATE, 7))).isEqualTo(Reason.INVALID);
        aws.on("ec2:DescribeLaunchTemplateVersions", Wire.gone("ec2:"));
        assertThat(reason(new UseTemplateVersion("own", Wire.TEMPLATE, 7))).isEqualTo(Reason.INVALID);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aGroupThatNobodyKnowsIsGone() {
        nothing();
        assertThat(List.of(
                        new SetGroupSize("x", 0, 1, 0),
                        new SetAutoRepair("x", true),
                        new SuspendProcesses("x", List.of("Launch")),
                        new ResumeProcesses("x", List.of("Launch")),
                        new UseTemplateVersion("x", Wire.TEMPLATE, 7)))
                .extracting(this::reason)
                .containsOnly(Reason.GONE);
        assertThat(aws.port().before(new SetGroupSize("x", 0, 1, 0))).isEmpty();
    }

    @Test
    void tellsTheSettingsBeforeWithTheNumberOfTheVersionInForce() {
        managed(GENERAL);
        assertThat(aws.port().before(new SetGroupSize("general", 0, 1, 0)))
                .isEqualTo(Map.of(
                        "minSize",
                        1,
                        "maxSize",
                        5,
                        "desiredSize",
                        3,
                        "autoRepair",
                        true,
                        "suspendedProcesses",
                        List.of("AZRebalance"),
                        "version",
                        7L));
    }

    private boolean perform(Act act) {
        return aws.port().perform(act).done();
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
