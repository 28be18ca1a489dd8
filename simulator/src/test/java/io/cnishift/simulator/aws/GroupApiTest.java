package io.cnishift.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class GroupApiTest {

    private static final String GROUP = Clusters.GROUP;
    private static final String TEMPLATE = "lt-0aaaaaaaaaaaaaaaa";
    private static final Taint TAINT = new Taint("node.cilium.io/agent-not-ready", "true", "NoExecute");

    private final AwsWorld world = AwsWorld.of(Clusters.healthy());
    private final AwsWorld own = AwsWorld.of(Clusters.with().selfManaged().build());

    @Test
    void refusesASizeOutsideOfItsLimits() {
        assertThat(reason(world, new SetGroupSize(GROUP, 1, 3, 4))).isEqualTo(Reason.INVALID);
        assertThat(reason(world, new SetGroupSize(GROUP, 2, 3, 1))).isEqualTo(Reason.INVALID);
        assertThat(reason(world, new SetGroupSize(GROUP, 0, 0, 0))).isEqualTo(Reason.INVALID);
        assertThat(reason(world, new SetGroupSize("none", 0, 1, 0))).isEqualTo(Reason.GONE);
        assertThat(world.group().desiredSize()).isEqualTo(3);
    }

    @Test
    void isBusyWhileAnEarlierChangeOfAManagedGroupIsUnderWay() {
        assertThat(world.perform(new SetGroupSize(GROUP, 1, 4, 3)).done()).isTrue();
        assertThat(world.group().status()).isEqualTo("UPDATING");
        assertThat(reason(world, new SetGroupSize(GROUP, 1, 5, 3))).isEqualTo(Reason.BUSY);
        world.run(20);

        assertThat(world.group().status()).isEqualTo("ACTIVE");
        assertThat(world.perform(new SetAutoRepair(GROUP, true)).done()).isTrue();
        assertThat(world.group().autoRepair()).isTrue();
        assertThat(own.perform(new SetGroupSize(GROUP, 1, 4, 3)).done()).isTrue();
        assertThat(own.perform(new SetGroupSize(GROUP, 1, 5, 3)).done()).isTrue();
    }

    @Test
    void finishesTheChangeThatWasUnderWayWhenTheSnapshotWasTaken() {
        ClusterSnapshot healthy = Clusters.healthy();
        List<Resource> changing = healthy.resources()
                .map(r -> r instanceof NodeGroup g
                        ? GroupEdit.of(g).status("UPDATING").build()
                        : r)
                .toList();
        AwsWorld opened = AwsWorld.of(ClusterSnapshot.of(healthy.source(), healthy.takenAt(), changing, List.of()));
        assertThat(reason(opened, new SetGroupSize(GROUP, 1, 4, 3))).isEqualTo(Reason.BUSY);
        opened.run(20);

        assertThat(opened.perform(new SetGroupSize(GROUP, 1, 4, 3)).done()).isTrue();
    }

    @Test
    void leadsBackByTheInverseOfEachAct() {
        for (Act act : List.of(
                new SetGroupSize(GROUP, 0, 9, 5),
                new SuspendProcesses(GROUP, List.of("AZRebalance", "Launch")),
                new AuthorizeIngress("sg-0cccccccccccccccc", List.of(rule(8472))))) {
            Map<String, Object> before = AwsApi.acts(own.kernel).before(act);
            NodeGroup was = own.group();
            SecurityGroup open = group("sg-0cccccccccccccccc");

            assertThat(own.perform(act).done()).isTrue();
            assertThat(own.group().equals(was) && group("sg-0cccccccccccccccc").equals(open))
                    .isFalse();
            assertThat(own.perform(act.inverse(before).orElseThrow()).done()).isTrue();

            assertThat(own.group()).isEqualTo(was);
            assertThat(group("sg-0cccccccccccccccc")).isEqualTo(open);
        }
    }

    @Test
    void suspendsAndResumesProcessesByName() {
        world.perform(new SuspendProcesses(GROUP, List.of("Launch", "AZRebalance")));
        world.perform(new SuspendProcesses(GROUP, List.of("Launch")));
        assertThat(world.group().suspendedProcesses()).containsExactly("AZRebalance", "Launch");
        world.perform(new ResumeProcesses(GROUP, List.of("AZRebalance")));

        assertThat(world.group().suspendedProcesses()).containsExactly("Launch");
        world.perform(new SetGroupSize(GROUP, 1, 8, 5));
        world.run(300);
        assertThat(world.live()).hasSize(3);
    }

    @Test
    void terminatesOnlyInstancesOfThatGroupAndNotBelowItsMinimum() {
        String id = world.live().get(0).id();

        assertThat(reason(world, new TerminateInstance(id, "other", false))).isEqualTo(Reason.INVALID);
        world.perform(new SetGroupSize(GROUP, 3, 8, 3));
        assertThat(reason(world, new TerminateInstance(id, GROUP, true))).isEqualTo(Reason.INVALID);
        assertThat(world.perform(new TerminateInstance("i-unknown", GROUP, false))
                        .done())
                .isTrue();
        assertThat(world.live()).hasSize(3);
    }

    @Test
    void makesAManagedGroupWhoseNodesJoinWithItsLabelsAndTaints() {
        long version = template(world, Optional.of("ami-1"), OptionalInt.of(58));
        ActResult made = world.perform(group("new", OptionalLong.of(version), 2));
        assertThat(made.done()).isTrue();
        assertThat(world.group("new").status()).isEqualTo("CREATING");
        assertThat(reason(world, group("new", OptionalLong.empty(), 0))).isEqualTo(Reason.EXISTS);
        assertThat(reason(world, new SetGroupSize("new", 0, 5, 1))).isEqualTo(Reason.BUSY);
        world.run(200);

        Instance instance = world.live("new").get(0);
        Node node = world.node(instance).orElseThrow();
        assertThat(node.labels()).containsEntry("io.cilium.migration/cilium-default", "true");
        assertThat(node.taints()).contains(TAINT);
        assertThat(node.maxPods()).isEqualTo(58);
        assertThat(instance.hopLimit()).isEqualTo(3);
        assertThat(world.group("new").status()).isEqualTo("CREATING");
        world.run(900);
        assertThat(world.group("new").status()).isEqualTo("CREATE_FAILED");
        assertThat(world.group("new").issues()).anyMatch(i -> i.startsWith("NodeCreationFailure"));
    }

    @Test
    void nodesOfAnImageJoinNothingWhereNobodyTellsThemTheirCluster() {
        long version = template(world, Optional.of("ami-1"), OptionalInt.of(58), Optional.empty());
        world.perform(group("new", OptionalLong.of(version), 1));
        world.run(600);

        assertThat(world.live("new")).hasSize(1);
        assertThat(world.node(world.live("new").get(0))).isEmpty();
    }

    @Test
    void eksLabelsAndTaintsNodesOfAnImageOnlyAfterTheyHaveJoined() {
        long version = template(world, Optional.of("ami-1"), OptionalInt.of(58));
        world.perform(group("new", OptionalLong.of(version), 1));
        for (int s = 0; s < 200 && joined("new").isEmpty(); s++) {
            world.run(1);
        }
        assertThat(joined("new").orElseThrow().taints()).doesNotContain(TAINT);
        assertThat(joined("new").orElseThrow().labels())
                .containsEntry("from", "template")
                .doesNotContainKey("io.cilium.migration/cilium-default");
        world.run(30);

        assertThat(joined("new").orElseThrow().taints()).contains(TAINT);
        assertThat(joined("new").orElseThrow().labels()).containsEntry("io.cilium.migration/cilium-default", "true");
    }

    private Optional<Node> joined(String group) {
        return world.live(group).stream().findFirst().flatMap(world::node);
    }

    @Test
    void makesAnEmptyGroupActiveInAFewMinutesAndDeletesItWithItsInstances() {
        world.perform(group("new", OptionalLong.empty(), 0));
        world.run(240);
        assertThat(world.group("new").status()).isEqualTo("ACTIVE");
        world.perform(new SetGroupSize("new", 0, 3, 2));
        world.run(60);
        assertThat(world.live("new")).hasSize(2);

        world.perform(new DeleteNodeGroup("new"));
        assertThat(world.group("new").status()).isEqualTo("DELETING");
        world.run(180);

        assertThat(world.cloud.group("new")).isEmpty();
        assertThat(world.perform(new DeleteNodeGroup("new")).done()).isTrue();
    }

    @Test
    void ignoresMaxPodsOfAManagedGroupWithoutAnImage() {
        long version = template(world, Optional.empty(), OptionalInt.of(58));
        world.perform(group("new", OptionalLong.of(version), 1));
        world.run(200);

        assertThat(world.node(world.live("new").get(0)).orElseThrow().maxPods()).isEqualTo(29);
    }

    @Test
    void aManagedGroupSaysTheMaxPodsThatEksReckonsForTheModeInWhichTheVpcCniIs() {
        AwsWorld blocks = AwsWorld.of(
                Clusters.with().env("ENABLE_PREFIX_DELEGATION", "true").build());
        blocks.perform(group("new", OptionalLong.empty(), 0));
        world.perform(group("new", OptionalLong.empty(), 0));

        assertThat(blocks.group("new").maxPods()).hasValue(110);
        assertThat(world.group("new").maxPods()).hasValue(29);
    }

    @Test
    void hasThePlainDefaultOfTheKubeletWithoutThatBehaviour() {
        AwsWorld plain = AwsWorld.without(Clusters.healthy(), "kubelet-max-pods");
        plain.perform(new SetGroupSize(GROUP, 1, 8, 4));
        plain.run(200);

        assertThat(plain.live().stream().flatMap(i -> plain.node(i).stream())).anyMatch(n -> n.maxPods() == 110);
    }

    @Test
    void pointsASelfManagedGroupAtAnotherVersionForNewNodesOnly() {
        long version = template(own, Optional.empty(), OptionalInt.of(58));

        assertThat(own.perform(new UseTemplateVersion(GROUP, TEMPLATE, version)).done())
                .isTrue();
        assertThat(reason(own, new UseTemplateVersion(GROUP, TEMPLATE, 99))).isEqualTo(Reason.INVALID);
        assertThat(reason(world, new UseTemplateVersion(GROUP, TEMPLATE, 1))).isEqualTo(Reason.INVALID);
        own.perform(new SetGroupSize(GROUP, 1, 8, 4));
        own.run(200);

        List<Node> joined = own.live().stream()
                .filter(i -> i.launchTemplateVersion().equals(OptionalLong.of(version)))
                .flatMap(i -> own.node(i).stream())
                .toList();
        assertThat(joined).singleElement().satisfies(n -> {
            assertThat(n.maxPods()).isEqualTo(58);
            assertThat(n.labels()).containsEntry("from", "template");
        });
        assertThat(own.live().stream().filter(i -> i.launchTemplateVersion().equals(OptionalLong.of(1))))
                .hasSize(3);
    }

    @Test
    void copiesAnAutoScalingGroupWithAnotherTemplateVersion() {
        long version = template(own, Optional.empty(), OptionalInt.empty());
        own.perform(new CreateAutoScalingGroup(
                "copy", GROUP, version, 0, 4, 1, List.of("subnet-0aaaaaaaaaaaaaaaa"), Map.of("by", "test")));
        own.run(200);

        assertThat(own.group("copy").kind()).isEqualTo(NodeGroup.Kind.SELF_MANAGED);
        assertThat(own.live("copy")).singleElement().satisfies(i -> {
            assertThat(i.subnet()).isEqualTo("subnet-0aaaaaaaaaaaaaaaa");
            assertThat(own.node(i).orElseThrow().labels()).containsEntry("from", "template");
        });
    }

    @Test
    void keepsATemplateVersionThatAGroupUses() {
        long version = template(own, Optional.empty(), OptionalInt.empty());

        assertThat(reason(own, new DeleteTemplateVersion(TEMPLATE, 1))).isEqualTo(Reason.BUSY);
        assertThat(own.perform(new DeleteTemplateVersion(TEMPLATE, version)).done())
                .isTrue();
        assertThat(own.perform(new DeleteTemplateVersion(TEMPLATE, version)).done())
                .isTrue();
        assertThat(TemplateApi.find(own.cloud, TEMPLATE, version)).isEmpty();
    }

    @Test
    void addsARuleOnce() {
        AuthorizeIngress act = new AuthorizeIngress("sg-0cccccccccccccccc", List.of(rule(8472)));
        world.perform(act);
        world.perform(act);

        assertThat(world.cloud
                        .view()
                        .get(Part.SECURITY_GROUPS, SecurityGroup.class, "sg-0cccccccccccccccc")
                        .orElseThrow()
                        .ingress())
                .filteredOn(r -> r.fromPort() == 8472)
                .singleElement()
                .satisfies(r -> assertThat(r.id()).startsWith("sgr-0"));
    }

    private static long template(AwsWorld world, Optional<String> image, OptionalInt maxPods) {
        return template(
                world,
                image,
                maxPods,
                image.map(i -> world.cloud.view().cluster().name()));
    }

    private static long template(AwsWorld world, Optional<String> image, OptionalInt maxPods, Optional<String> joins) {
        ActResult made = world.perform(new CreateTemplateVersion(
                TEMPLATE,
                1,
                "m1/t",
                image,
                maxPods,
                OptionalInt.of(3),
                Map.of("from", "template"),
                List.of(),
                Map.of(),
                joins));
        return ((Number) ((Performed) made).produced().get("version")).longValue();
    }

    private static CreateNodeGroup group(String name, OptionalLong version, int desired) {
        return new CreateNodeGroup(
                name,
                GROUP,
                version,
                Map.of("io.cilium.migration/cilium-default", "true"),
                List.of(TAINT),
                0,
                4,
                desired,
                List.of("subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"),
                Map.of());
    }

    private SecurityGroup group(String id) {
        return own.cloud
                .view()
                .get(Part.SECURITY_GROUPS, SecurityGroup.class, id)
                .orElseThrow();
    }

    private static SecurityGroup.Rule rule(int port) {
        return new SecurityGroup.Rule("", "udp", port, port, "sg-0cccccccccccccccc", "VXLAN");
    }

    private static Reason reason(AwsWorld world, Act act) {
        return world.perform(act).fold(done -> null, Refused::reason);
    }

    @Test
    void answersThatNothingStandsThereForWhatIsNot() {
        assertThat(AwsApi.acts(world.kernel).before(new SetGroupSize("none", 0, 1, 0)))
                .isEmpty();
        assertThat(Optional.of(AwsApi.acts(world.kernel).before(new SetGroupSize(GROUP, 0, 1, 0))))
                .hasValueSatisfying(b -> assertThat(b).containsEntry("desiredSize", 3));
    }
}
