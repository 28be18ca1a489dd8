package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.port.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.eks.model.AMITypes;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.DescribeNodegroupRequest;
import software.amazon.awssdk.services.eks.model.DescribeNodegroupResponse;
import software.amazon.awssdk.services.eks.model.ListNodegroupsRequest;
import software.amazon.awssdk.services.eks.model.ListNodegroupsResponse;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.TaintEffect;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;

final class GroupSectionTest {

    private static final String EKS_DATA = "kind: NodeConfig\nspec: {kubelet: {config: {maxPods: 17}}}\n";
    private static final String OWN_DATA =
            "kind: NodeConfig\nspec: {kubelet: {config: {maxPods: 58}, flags: [\"--node-labels=team=a\"]}}\n";

    private final MockAws aws = new MockAws();

    @Test
    void readsAManagedGroupWithoutOwnTemplate() {
        managed(g -> {});
        scaling(AutoScalingGroup.builder()
                .autoScalingGroupName("eks-general-1")
                .launchTemplate(t -> t.launchTemplateId("lt-eks").version("4"))
                .targetGroupARNs("arn:tg")
                .suspendedProcesses(p -> p.processName("AZRebalance"))
                .build());
        template("lt-eks", 4, EKS_DATA, d -> d.metadataOptions(m -> m.httpPutResponseHopLimit(2)));

        Reading reading = aws.read(Part.NODE_GROUPS, Part.LAUNCH_TEMPLATES);
        NodeGroup group = MockAws.one(reading, NodeGroup.class);

        assertThat(group.kind()).isEqualTo(NodeGroup.Kind.MANAGED);
        assertThat(group.autoScalingGroup()).contains("eks-general-1");
        assertThat(group.amiType()).isEqualTo("AL2023_x86_64_STANDARD");
        assertThat(group.capacityType()).isEqualTo("on-demand");
        assertThat(group.maxPodsBy()).isEqualTo(MaxPodsBy.MANAGED_GROUP);
        assertThat(group.maxPods()).hasValue(17);
        assertThat(group.launchTemplate()).isEmpty();
        assertThat(group.taints()).containsExactly(new Taint("dedicated", "a", "PreferNoSchedule"));
        assertThat(group.suspendedProcesses()).containsExactly("AZRebalance");
        assertThat(group.targetGroups()).containsExactly("arn:tg");
        assertThat(group.issues()).containsExactly("Ec2SubnetNotFound: gone");
        assertThat(group.owner()).isEqualTo(new Owner(Owner.Kind.TERRAFORM, ""));
        // A template that EKS generates is nobody's to change.
        assertThat(MockAws.all(reading, TemplateVersion.class)).isEmpty();
        assertThat(reading.unknown()).isEmpty();
    }

    @Test
    void readsAManagedGroupWithItsOwnTemplateAndLaterVersions() {
        managed(g -> g.launchTemplate(t -> t.id("lt-own").version("2")));
        scaling(AutoScalingGroup.builder()
                .autoScalingGroupName("eks-general-1")
                .launchTemplate(t -> t.launchTemplateId("lt-eks").version("1"))
                .build());
        template("lt-own", 2, OWN_DATA, d -> d.imageId("ami-1").securityGroupIds("sg-1"));
        template("lt-eks", 1, OWN_DATA, d -> d.metadataOptions(m -> m.httpPutResponseHopLimit(1)));
        later("lt-own", 2, 3);

        Reading reading = aws.read(Part.NODE_GROUPS, Part.LAUNCH_TEMPLATES);
        NodeGroup group = MockAws.one(reading, NodeGroup.class);

        assertThat(group.amiType()).isEqualTo("CUSTOM");
        assertThat(group.maxPodsBy()).isEqualTo(MaxPodsBy.USER_DATA);
        assertThat(group.maxPods()).hasValue(58);
        assertThat(group.launchTemplate())
                .contains(new NodeGroup.LaunchTemplate(
                        "lt-own",
                        "name of lt-own",
                        2,
                        Optional.of("ami-1"),
                        true,
                        1,
                        false,
                        List.of("sg-1"),
                        Optional.empty()));
        assertThat(MockAws.all(reading, TemplateVersion.class))
                .extracting(TemplateVersion::key)
                .containsExactly("lt-own:2", "lt-own:3");
        assertThat(MockAws.all(reading, TemplateVersion.class).get(0).labels()).isEqualTo(Map.of("team", "a"));
    }

    @Test
    void takesTheHopLimitFromTheInstancesWhereNoTemplateTells() {
        managed(g -> g.launchTemplate(t -> t.id("lt-own").version("2")));
        scaling(AutoScalingGroup.builder()
                .autoScalingGroupName("eks-general-1")
                .instances(i -> i.instanceId("i-1"))
                .build());
        template("lt-own", 2, "", d -> {});
        later("lt-own", 2);
        instances(i -> i.instanceId("i-1").metadataOptions(m -> m.httpPutResponseHopLimit(2)));

        NodeGroup group = MockAws.one(aws.read(Part.NODE_GROUPS), NodeGroup.class);

        assertThat(group.launchTemplate().orElseThrow().hopLimit()).isEqualTo(2);
    }

    @Test
    void readsASelfManagedGroupWithTheRoleOfItsNodes() {
        scaling(AutoScalingGroup.builder()
                .autoScalingGroupName("own")
                .minSize(1)
                .maxSize(3)
                .desiredCapacity(2)
                .vpcZoneIdentifier("subnet-1, subnet-2")
                .launchTemplate(t -> t.launchTemplateId("lt-own").version("$Latest"))
                .tags(
                        t -> t.key("kubernetes.io/cluster/shop").value("owned"),
                        t -> t.key("k8s.io/cluster-autoscaler/node-template/label/pool")
                                .value("own"),
                        t -> t.key("aws:cloudformation:stack-name").value("nodes"))
                .build());
        template(
                "lt-own",
                7,
                OWN_DATA,
                d -> d.imageId("ami-1")
                        .instanceType("m5.large")
                        .iamInstanceProfile(p -> p.arn("arn:aws:iam::123456789012:instance-profile/nodes")));
        later("lt-own", 7);
        doReturn(GetInstanceProfileResponse.builder()
                        .instanceProfile(p -> p.roles(r -> r.arn("arn:aws:iam::123456789012:role/nodes")))
                        .build())
                .when(aws.iam)
                .getInstanceProfile(argThat((GetInstanceProfileRequest r) ->
                        r != null && r.instanceProfileName().equals("nodes")));

        NodeGroup group = MockAws.one(aws.read(Part.NODE_GROUPS), NodeGroup.class);

        assertThat(group.kind()).isEqualTo(NodeGroup.Kind.SELF_MANAGED);
        assertThat(group.nodeRole()).isEqualTo("arn:aws:iam::123456789012:role/nodes");
        assertThat(group.subnets()).containsExactly("subnet-1", "subnet-2");
        assertThat(group.instanceTypes()).containsExactly("m5.large");
        assertThat(group.labels()).isEqualTo(Map.of("pool", "own", "team", "a"));
        assertThat(group.maxPods()).isEqualTo(OptionalInt.of(58));
        assertThat(group.launchTemplate().orElseThrow().version()).isEqualTo(7);
        assertThat(group.owner()).isEqualTo(new Owner(Owner.Kind.CLOUDFORMATION, "nodes"));
    }

    @Test
    void leavesOutScalingGroupsOfOtherClusters() {
        scaling(AutoScalingGroup.builder()
                .autoScalingGroupName("other")
                .tags(t -> t.key("kubernetes.io/cluster/other").value("owned"))
                .build());
        assertThat(aws.read(Part.NODE_GROUPS).resources()).isEmpty();
    }

    @Test
    void userDataThatIsNotUnderstoodIsAGap() {
        managed(g -> g.launchTemplate(t -> t.id("lt-own").version("2")));
        template("lt-own", 2, "kind: NodeConfig\nspec: {password: hunter2\n x: [", d -> {});
        later("lt-own", 2);

        Reading reading = aws.read(Part.LAUNCH_TEMPLATES);

        assertThat(MockAws.gap(reading, Part.LAUNCH_TEMPLATES).subject()).isEqualTo("lt-own:2");
        assertThat(reading.toString()).doesNotContain("hunter2");
    }

    @Test
    void keepsNothingOfTheUserData() {
        managed(g -> g.launchTemplate(t -> t.id("lt-own").version("2")));
        template("lt-own", 2, "#!/bin/bash\nexport TOKEN=hunter2\n/etc/eks/bootstrap.sh x\n", d -> {});
        later("lt-own", 2);
        assertThat(aws.read(Part.LAUNCH_TEMPLATES, Part.NODE_GROUPS).toString()).doesNotContain("hunter2");
    }

    @Test
    void aDeniedGroupLeavesTheOthers() {
        doReturn(ListNodegroupsResponse.builder().nodegroups("a", "b").build())
                .when(aws.eks)
                .listNodegroups(any(ListNodegroupsRequest.class));
        doReturn(nodegroup("a", g -> {}))
                .when(aws.eks)
                .describeNodegroup(argThat((DescribeNodegroupRequest r) ->
                        r != null && r.nodegroupName().equals("a")));
        doThrow(AwsErrors.denied())
                .when(aws.eks)
                .describeNodegroup(argThat((DescribeNodegroupRequest r) ->
                        r != null && r.nodegroupName().equals("b")));

        Reading reading = aws.read(Part.NODE_GROUPS);

        assertThat(MockAws.one(reading, NodeGroup.class).name()).isEqualTo("a");
        assertThat(MockAws.gap(reading, Part.NODE_GROUPS).subject()).isEqualTo("b");
    }

    @Test
    void tellsTheGroupOfEachInstance() {
        managed(g -> {});
        scaling(AutoScalingGroup.builder()
                .autoScalingGroupName("eks-general-1")
                .instances(i -> i.instanceId("i-asg")
                        .launchTemplate(t -> t.version("3"))
                        .protectedFromScaleIn(true))
                .build());
        instances(
                i -> i.instanceId("i-asg"),
                i -> i.instanceId("i-pool")
                        .tags(t -> t.key("karpenter.sh/nodepool").value("default")),
                i -> i.instanceId("i-clash")
                        .tags(t -> t.key("karpenter.sh/nodepool").value("general")),
                i -> i.instanceId("i-gone").state(s -> s.name(InstanceStateName.TERMINATED)));

        Reading reading = aws.read(Part.INSTANCES);

        assertThat(MockAws.all(reading, Instance.class))
                .extracting(Instance::id, Instance::nodeGroup)
                .containsExactly(
                        tuple("i-asg", Optional.of("general")),
                        tuple("i-pool", Optional.of("default")),
                        tuple("i-clash", Optional.of("karpenter/general")));
        Instance first = MockAws.all(reading, Instance.class).get(0);
        assertThat(first.launchTemplateVersion()).isEqualTo(OptionalLong.of(3));
        assertThat(first.protectedFromScaleIn()).isTrue();
        assertThat(first.launchedAt()).isEqualTo(Instant.EPOCH);
    }

    private void managed(Consumer<Nodegroup.Builder> change) {
        doReturn(ListNodegroupsResponse.builder().nodegroups("general").build())
                .when(aws.eks)
                .listNodegroups(any(ListNodegroupsRequest.class));
        doReturn(nodegroup("general", change)).when(aws.eks).describeNodegroup(any(DescribeNodegroupRequest.class));
    }

    private static DescribeNodegroupResponse nodegroup(String name, Consumer<Nodegroup.Builder> change) {
        Nodegroup.Builder group = Nodegroup.builder()
                .nodegroupName(name)
                .status(NodegroupStatus.DEGRADED)
                .capacityType(CapacityTypes.ON_DEMAND)
                .amiType(AMITypes.AL2023_X86_64_STANDARD)
                .scalingConfig(s -> s.minSize(1).maxSize(4).desiredSize(2))
                .instanceTypes("t3.medium")
                .subnets("subnet-1")
                .taints(t -> t.key("dedicated").value("a").effect(TaintEffect.PREFER_NO_SCHEDULE))
                .health(h -> h.issues(i -> i.code("Ec2SubnetNotFound").message("gone")))
                .resources(r -> r.autoScalingGroups(a -> a.name("eks-general-1")))
                .tags(Map.of("managed-by", "terraform"));
        change.accept(group);
        return DescribeNodegroupResponse.builder().nodegroup(group.build()).build();
    }

    private void scaling(AutoScalingGroup group) {
        doReturn(DescribeAutoScalingGroupsResponse.builder()
                        .autoScalingGroups(group)
                        .build())
                .when(aws.autoScaling)
                .describeAutoScalingGroups(any(DescribeAutoScalingGroupsRequest.class));
    }

    private void template(
            String id, long version, String userData, Consumer<ResponseLaunchTemplateData.Builder> change) {
        doReturn(DescribeLaunchTemplateVersionsResponse.builder()
                        .launchTemplateVersions(version(id, version, userData, change))
                        .build())
                .when(aws.ec2)
                .describeLaunchTemplateVersions(argThat((DescribeLaunchTemplateVersionsRequest r) ->
                        r != null && r.launchTemplateId().equals(id) && r.minVersion() == null));
    }

    private void later(String id, long... versions) {
        DescribeLaunchTemplateVersionsResponse.Builder response = DescribeLaunchTemplateVersionsResponse.builder();
        response.launchTemplateVersions(Arrays.stream(versions)
                .mapToObj(v -> version(id, v, "", d -> {}))
                .toList());
        doReturn(response.build())
                .when(aws.ec2)
                .describeLaunchTemplateVersions(argThat((DescribeLaunchTemplateVersionsRequest r) ->
                        r != null && r.launchTemplateId().equals(id) && r.minVersion() != null));
    }

    private static LaunchTemplateVersion version(
            String id, long number, String userData, Consumer<ResponseLaunchTemplateData.Builder> change) {
        ResponseLaunchTemplateData.Builder data = ResponseLaunchTemplateData.builder();
        if (!userData.isEmpty()) {
            data.userData(Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8)));
        }
        change.accept(data);
        return LaunchTemplateVersion.builder()
                .launchTemplateId(id)
                .launchTemplateName("name of " + id)
                .versionNumber(number)
                .launchTemplateData(data.build())
                .build();
    }

    @SafeVarargs
    private void instances(Consumer<software.amazon.awssdk.services.ec2.model.Instance.Builder>... instances) {
        doReturn(DescribeInstancesResponse.builder()
                        .reservations(r -> r.instances(instances))
                        .build())
                .when(aws.ec2)
                .describeInstances(argThat((DescribeInstancesRequest r) ->
                        r != null && r.filters().get(0).name().equals("tag-key")));
    }
}
