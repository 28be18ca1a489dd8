package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScalingWritesTest {

    private static final String MAKE = "autoscaling:CreateAutoScalingGroup";
    private static final String LOOK = "autoscaling:DescribeAutoScalingGroups";
    private static final String DETAILS = """
            <HealthCheckType>EC2</HealthCheckType><HealthCheckGracePeriod>120</HealthCheckGracePeriod>
            <DefaultCooldown>300</DefaultCooldown><CapacityRebalance>true</CapacityRebalance>
            <MaxInstanceLifetime>86400</MaxInstanceLifetime>
            <TerminationPolicies><member>OldestInstance</member></TerminationPolicies>
            <TargetGroupARNs><member>arn:tg</member></TargetGroupARNs>
            <SuspendedProcesses><member><ProcessName>AZRebalance</ProcessName></member></SuspendedProcesses>
            <VPCZoneIdentifier>subnet-1,subnet-2</VPCZoneIdentifier>
            <ServiceLinkedRoleARN>arn:aws:iam::123456789012:role/scaling</ServiceLinkedRoleARN>
            <Tags><member><Key>kubernetes.io/cluster/shop</Key><Value>owned</Value>
            <PropagateAtLaunch>true</PropagateAtLaunch></member>
            <member><Key>cost</Key><Value>7</Value><PropagateAtLaunch>false</PropagateAtLaunch></member></Tags>
            """;
    private static final CreateAutoScalingGroup COPY = new CreateAutoScalingGroup(
            "own-new", "own", 4, 0, 6, 0, List.of("subnet-1"), Map.of("cnishift.io/migration", "shop-1"));

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aGroupToCopy() {
        aws.on("eks:DescribeNodegroup", Wire.gone("eks:"))
                .on(LOOK, Wire.groups(), Wire.groups(Wire.group("own", Wire.template("3") + DETAILS)))
                .on("ec2:DescribeLaunchTemplateVersions", Wire.versions(Wire.version(4, "", "")))
                .on(
                        "autoscaling:DescribeLifecycleHooks",
                        Wire.hooks("<LifecycleHookName>drain</LifecycleHookName><LifecycleTransition>"
                                + "autoscaling:EC2_INSTANCE_TERMINATING</LifecycleTransition><HeartbeatTimeout>300"
                                + "</HeartbeatTimeout><DefaultResult>CONTINUE</DefaultResult>"))
                .on(MAKE, Wire.empty(MAKE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void copiesAllButWhatThePlanSays() {
        assertThat(aws.port().perform(COPY)).isEqualTo(new Performed(Map.of("name", "own-new")));
        Map<String, String> form = new TreeMap<>(aws.one(MAKE).form());
        form.keySet().removeAll(List.of("Action", "Version"));
        assertThat(form)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("AutoScalingGroupName", "own-new"),
                        Map.entry("LaunchTemplate.LaunchTemplateId", Wire.TEMPLATE),
                        Map.entry("LaunchTemplate.Version", "4"),
                        Map.entry("MinSize", "0"),
                        Map.entry("MaxSize", "6"),
                        Map.entry("DesiredCapacity", "0"),
                        Map.entry("VPCZoneIdentifier", "subnet-1"),
                        Map.entry("HealthCheckType", "EC2"),
                        Map.entry("HealthCheckGracePeriod", "120"),
                        Map.entry("DefaultCooldown", "300"),
                        Map.entry("CapacityRebalance", "true"),
                        Map.entry("MaxInstanceLifetime", "86400"),
                        Map.entry("TerminationPolicies.member.1", "OldestInstance"),
                        Map.entry("TargetGroupARNs.member.1", "arn:tg"),
                        Map.entry("ServiceLinkedRoleARN", "arn:aws:iam::123456789012:role/scaling"),
                        Map.entry("LifecycleHookSpecificationList.member.1.LifecycleHookName", "drain"),
                        Map.entry(
                                "LifecycleHookSpecificationList.member.1.LifecycleTransition",
                                "autoscaling:EC2_INSTANCE_TERMINATING"),
                        Map.entry("LifecycleHookSpecificationList.member.1.HeartbeatTimeout", "300"),
                        Map.entry("LifecycleHookSpecificationList.member.1.DefaultResult", "CONTINUE"),
                        Map.entry("Tags.member.1.Key", "cnishift.io/migration"),
                        Map.entry("Tags.member.1.Value", "shop-1"),
                        Map.entry("Tags.member.1.PropagateAtLaunch", "true"),
                        Map.entry("Tags.member.2.Key", "cost"),
                        Map.entry("Tags.member.2.Value", "7"),
                        Map.entry("Tags.member.2.PropagateAtLaunch", "false"),
                        Map.entry("Tags.member.3.Key", "kubernetes.io/cluster/shop"),
                        Map.entry("Tags.member.3.Value", "owned"),
                        Map.entry("Tags.member.3.PropagateAtLaunch", "true"))));
    }

    @Test
    void aMixedInstancesPolicyKeepsItsTypesAndGetsTheVersion() {
        String policy = "<MixedInstancesPolicy><LaunchTemplate><LaunchTemplateSpecification><LaunchTemplateId>"
                + Wire.TEMPLATE + "</LaunchTemplateId><Version>3</Version></LaunchTemplateSpecification><Overrides>"
                + "<member><InstanceType>m5.large</InstanceType><WeightedCapacity>2</WeightedCapacity></member></Overrides>"
                + "</LaunchTemplate><InstancesDistribution><OnDemandBaseCapacity>1</OnDemandBaseCapacity>"
                + "</InstancesDistribution></MixedInstancesPolicy>";
        aws.on(LOOK, Wire.groups(), Wire.groups(Wire.group("own", policy)));
        aws.port().perform(COPY);
        String specification = "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.";
        assertThat(aws.one(MAKE).form())
                .containsEntry(specification + "Version", "4")
                .containsEntry("MixedInstancesPolicy.LaunchTemplate.Overrides.member.1.InstanceType", "m5.large")
                .containsEntry("MixedInstancesPolicy.LaunchTemplate.Overrides.member.1.WeightedCapacity", "2")
                .containsEntry("MixedInstancesPolicy.InstancesDistribution.OnDemandBaseCapacity", "1")
                .doesNotContainKey("LaunchTemplate.Version");
    }

    @Test
    void aGroupOfThatNameExists() {
        aws.on(LOOK, Wire.groups(Wire.group("own-new", "")));
        assertThat(reason(COPY)).isEqualTo(Reason.EXISTS);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aGroupThatALostAnswerMadeIsOurs() {
        String tags = "<Tags><member><Key>cnishift.io/migration</Key><Value>shop-1</Value></member></Tags>";
        aws.on(MAKE, error(500, "InternalFailure", "oops"), error(400, "AlreadyExists", "already exists"))
                .on(
                        LOOK,
                        Wire.groups(),
                        Wire.groups(Wire.group("own", Wire.template("3"))),
                        Wire.groups(Wire.group("own-new", tags)));
        assertThat(aws.port().perform(COPY).done()).isTrue();
    }

    @Test
    void namesRunInstancesWhereAutoScalingSaysOnlyThatTheTemplateMayNotBeUsed() {
        aws.on(MAKE, error(400, "ValidationError", "You are not authorized to use launch template: " + Wire.TEMPLATE));
        String said = aws.port().perform(COPY).fold(done -> "", r -> r.reason() + " " + r.message());
        assertThat(said).startsWith("FORBIDDEN ").contains("ec2:RunInstances");
    }

    @Test
    void deletesOnceAndThenFindsItDone() {
        String delete = "autoscaling:DeleteAutoScalingGroup";
        aws.on(delete, Wire.empty(delete))
                .on(
                        LOOK,
                        Wire.groups(Wire.group("own", "")),
                        Wire.groups(Wire.group("own", "<Status>Delete in progress</Status>")),
                        Wire.groups());
        for (int i = 0; i < 3; i++) {
            assertThat(aws.port().perform(new DeleteAutoScalingGroup("own")).done())
                    .isTrue();
        }
        assertThat(aws.one(delete).form()).containsEntry("ForceDelete", "true");
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
