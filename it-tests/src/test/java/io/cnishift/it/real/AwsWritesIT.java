package io.cnishift.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.aws.AwsSide;
import io.cnishift.adapters.aws.RealAwsPort;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.reading.WallClock;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.act.DeleteSubnetTag;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Acts over the SDK, in the emulator and beside them in a simulated copy of what was read from it.
 *
 * <p>The emulator has gaps, and what falls into them is tested over a stub of the wire in the adapters: it has no add-ons and no
 * DeleteLaunchTemplateVersions; a new launch template version has nothing of its source; a new Auto Scaling group has no
 * lifecycle hooks; tokens are not looked at; changes of node groups take no time.
 */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, providers = GivenPeers.class)
final class AwsWritesIT {

    private static final String MIGRATION = "shop-20260301";
    private static final Map<String, String> TAGS =
            Map.of("cnishift.io/migration", MIGRATION, "cnishift.io/step", "make");
    private static final String ROLE = "kubernetes.io/role/cni";
    private static final Cidr BLOCK = Cidr.parse("100.64.0.0/16");
    private static final Cidr PODS = Cidr.parse("100.64.0.0/18");
    private static final Rule VXLAN = new Rule("", "udp", 8472, 8472, "10.7.0.0/16", "VXLAN");
    private static final Rule HEALTH = new Rule("", "tcp", 4240, 4240, "10.7.0.0/16", "health");

    @RegisterExtension
    static final EmulatedAws EMULATOR = new EmulatedAws();

    @TempDir
    private static Path folder;

    private static AwsFixture fixture;
    private static FakeApiServer server;
    private static RealWorlds worlds;
    private static ClusterSnapshot snapshot;
    private static KubernetesSide kubernetes;
    private static AwsSide side;
    private static RealAwsPort aws;

    @BeforeAll
    static void read() throws Exception {
        fixture = new AwsFixture(EMULATOR.url());
        fixture.make();
        server = new FakeApiServer()
                .with("/apis", Map.of("kind", "APIGroupList", "groups", List.of()))
                .with(
                        "/api/v1/namespaces/kube-system",
                        Map.of("metadata", Map.of("name", "kube-system", "uid", "uid-1")));
        worlds = new RealWorlds();
        ConnectionSettings settings = ConnectionSettings.builder()
                .withRegion(Optional.of(AwsFixture.REGION))
                .withKubeconfig(Optional.of(server.kubeconfig(folder)))
                .build();
        ClusterTarget target = new ClusterTarget(AwsFixture.CLUSTER, settings);
        snapshot = ClusterReader.read(worlds.open(target), target.toString(), EnumSet.allOf(Part.class));
        WallClock clock = new WallClock();
        CallMetrics metrics = new CallMetrics();
        kubernetes = new KubernetesSide(settings, clock, Limits.STANDARD, metrics);
        side = new AwsSide(settings, Environment.ofProcess(), clock, metrics, Optional.of(MIGRATION));
        aws = side.port(AwsFixture.CLUSTER, kubernetes.facts());
    }

    @AfterAll
    static void close() {
        if (side != null) {
            side.close();
            kubernetes.close();
            worlds.close();
            server.close();
            fixture.close();
        }
    }

    /** Performs one act after the other, each repeatable one twice, then takes all back. */
    @Test
    void whatIsTakenBackIsAsAtTheStart() {
        List<Act> acts = acts();
        List<Map<String, Object>> start =
                acts.stream().map(aws::before).map(AwsWritesIT::told).toList();
        Deque<Act> back = new ArrayDeque<>();
        for (Act act : acts) {
            Map<String, Object> before = aws.before(act);
            assertThat(aws.perform(act)).as(act.toString()).matches(ActResult::done);
            Map<String, Object> once = told(aws.before(act));
            if (act.repeatable()) {
                aws.perform(act);
                assertThat(told(aws.before(act))).as("%s twice", act).isEqualTo(once);
            }
            act.inverse(before).ifPresent(back::push);
        }
        assertThat(back).hasSize(acts.size());
        back.forEach(act -> assertThat(aws.perform(act)).as(act.toString()).matches(ActResult::done));
        assertThat(acts.stream().map(aws::before).map(AwsWritesIT::told).toList())
                .isEqualTo(start);
    }

    private List<Act> acts() {
        String own = snapshot.nodeGroups().get(1).launchTemplate().orElseThrow().id();
        return List.of(
                new AuthorizeIngress(securityGroup(), List.of(VXLAN, HEALTH)),
                new CreateAutoScalingGroup("own-new", "own", 1, 0, 3, 0, fixture.subnets(), TAGS),
                new SetGroupSize("own-new", 0, 3, 1),
                new SuspendProcesses("own-new", List.of("AZRebalance")),
                new SuspendProcesses("general", List.of("AZRebalance", "ReplaceUnhealthy")),
                new SetGroupSize("general", 0, 6, 3),
                new SetAutoRepair("general", true),
                new CreateNodeGroup(
                        "general-new",
                        "general",
                        OptionalLong.empty(),
                        Map.of("side", "new"),
                        List.of(),
                        0,
                        4,
                        0,
                        fixture.subnets(),
                        TAGS),
                new SetGroupSize("own", 0, 5, 3),
                new UseTemplateVersion("own", own, 1),
                new RegisterTargets(targetGroup(), List.of(fixture.instances().get(1))),
                new AssociateCidrBlock(vpc(), BLOCK),
                new CreateSubnet(vpc(), AwsFixture.REGION + "a", PODS, TAGS),
                new CreateSubnetTag(vpc(), PODS, ROLE, "1"));
    }

    private static String vpc() {
        return snapshot.vpc().id();
    }

    @Test
    void aNewSubnetGetsTheRouteTableOfTheNodesAndGoesWithIt() {
        Cidr block = Cidr.parse("100.66.0.0/16");
        Cidr pods = block.nth(18, 1);
        String table = snapshot.routeTables().get(0).id();
        List<Act> acts = List.of(
                new AssociateCidrBlock(vpc(), block),
                new CreateSubnet(vpc(), AwsFixture.REGION + "b", pods, TAGS),
                new AssociateRouteTable(vpc(), pods, table),
                new AssociateRouteTable(vpc(), pods, table));
        acts.forEach(act -> assertThat(aws.perform(act)).as(act.toString()).matches(ActResult::done));
        assertThat(aws.before(acts.get(2))).isEqualTo(Map.of("routeTable", table));
        Subnet made = aws.read(Set.of(Part.SUBNETS)).resources().stream()
                .filter(Subnet.class::isInstance)
                .map(Subnet.class::cast)
                .filter(s -> s.cidr().equals(pods))
                .findFirst()
                .orElseThrow();
        assertThat(made.routeTable()).contains(table);
        assertThat(made.tags()).containsAllEntriesOf(TAGS);
    }

    @Test
    void aCopyOfAGroupHasItsTagsAndIsReadAsOneOfTheCluster() {
        aws.perform(new CreateAutoScalingGroup("own-copy", "own", 1, 0, 3, 0, fixture.subnets(), TAGS));
        NodeGroup copy = group("own-copy");
        assertThat(copy.tags()).containsAllEntriesOf(TAGS).containsEntry("kubernetes.io/cluster/shop", "owned");
        assertThat(copy.launchTemplate()).isEqualTo(group("own").launchTemplate());
        assertThat(copy.kind()).isEqualTo(NodeGroup.Kind.SELF_MANAGED);
    }

    @Test
    void aTemplateVersionIsFoundAgainByItsDescriptionInsteadOfBeingMadeTwice() {
        Act make = template(OptionalInt.of(110), Map.of("side", "new"));
        ActResult first = aws.perform(make);
        assertThat(first).matches(ActResult::done);
        assertThat(aws.perform(make)).isEqualTo(first);
        List<TemplateVersion> made = aws.read(Set.of(Part.LAUNCH_TEMPLATES)).resources().stream()
                .filter(TemplateVersion.class::isInstance)
                .map(TemplateVersion.class::cast)
                .filter(v -> v.description().equals(MIGRATION + "/template"))
                .toList();
        assertThat(made).hasSize(1);
        assertThat(made.get(0).maxPods()).hasValue(110);
        assertThat(made.get(0).labels()).isEqualTo(Map.of("team", "shop", "side", "new"));
        assertThat(made.get(0).hopLimit()).isEqualTo(1);
    }

    @Test
    void anInstanceIsEndedOnceAndItsGroupShrinksOnce() {
        aws.perform(new CreateAutoScalingGroup("own-ends", "own", 1, 0, 3, 2, fixture.subnets(), TAGS));
        String member = aws.read(Set.of(Part.INSTANCES)).resources().stream()
                .filter(Instance.class::isInstance)
                .map(Instance.class::cast)
                .filter(i -> i.nodeGroup().equals(Optional.of("own-ends")))
                .map(Instance::id)
                .findFirst()
                .orElseThrow();
        for (int times = 0; times < 2; times++) {
            assertThat(aws.perform(new TerminateInstance(member, "own-ends", true)))
                    .matches(ActResult::done);
            assertThat(group("own-ends").desiredSize()).isEqualTo(1);
        }
    }

    @Test
    void ec2IsAskedWithoutEffect() {
        Act act = new AuthorizeIngress(securityGroup(), List.of(VXLAN));
        Map<String, Object> before = aws.before(act);
        assertThat(aws.check(act)).get().matches(ActResult::done);
        assertThat(aws.before(act)).isEqualTo(before);
        assertThat(aws.check(new SetAutoRepair("general", true))).isEmpty();
    }

    @Test
    void tellsTheSameBeforeAnActAsTheSimulator() {
        AwsPort simulated = simulated();
        List<Act> acts = new ArrayList<>(acts());
        acts.add(new RevokeIngress(securityGroup(), List.of(VXLAN)));
        acts.add(new ResumeProcesses("own", List.of("Launch")));
        acts.add(new DeleteNodeGroup("general"));
        acts.add(new DeleteAutoScalingGroup("own"));
        acts.add(new DeleteTemplateVersion(ownTemplate(), 1));
        acts.add(new DeregisterTargets(targetGroup(), List.of("i-1")));
        acts.add(new TerminateInstance(instancesOf("general").get(0), "general", false));
        acts.add(template(OptionalInt.empty(), Map.of()));
        acts.add(new DisassociateCidrBlock(vpc(), Cidr.parse("10.7.0.0/16")));
        acts.add(new DeleteSubnet(vpc(), Cidr.parse("10.7.0.0/24")));
        acts.add(new DeleteSubnetTag(vpc(), Cidr.parse("10.7.0.0/24"), ROLE));
        acts.add(new AssociateRouteTable(vpc(), Cidr.parse("10.7.0.0/24"), "rtb-1"));
        for (Act act : acts) {
            assertThat(Trees.canonical(aws.before(act)))
                    .as(act.toString())
                    .isEqualTo(Trees.canonical(simulated.before(act)));
        }
    }

    @Test
    void refusesWhatTheSimulatorRefusesForTheSameReason() {
        AwsPort simulated = simulated();
        String template = ownTemplate();
        String stranger = instancesOf("general").stream().findFirst().orElseThrow();
        List<Act> acts = List.of(
                new SetGroupSize("nobody", 0, 1, 0),
                new SetGroupSize("general", 3, 5, 2),
                new SetGroupSize("general", 0, 0, 0),
                new SetAutoRepair("nobody", true),
                new SuspendProcesses("nobody", List.of("Launch")),
                new ResumeProcesses("nobody", List.of("Launch")),
                new UseTemplateVersion("own", template, 99),
                new UseTemplateVersion("general", template, 1),
                new AuthorizeIngress("sg-00000000", List.of(VXLAN)),
                new RevokeIngress("sg-00000000", List.of(VXLAN)),
                new RevokeIngress(securityGroup(), List.of(VXLAN)),
                copy("general", "general"),
                copy("general-new", "own"),
                copy("general-new", "nobody"),
                new CreateAutoScalingGroup("own", "own", 1, 0, 1, 0, fixture.subnets(), TAGS),
                new CreateAutoScalingGroup("own-new", "nobody", 1, 0, 1, 0, fixture.subnets(), TAGS),
                new CreateAutoScalingGroup("own-new", "own", 99, 0, 1, 0, fixture.subnets(), TAGS),
                new CreateAutoScalingGroup("own-new", "own", 1, 2, 1, 0, fixture.subnets(), TAGS),
                new DeleteNodeGroup("nobody"),
                new DeleteNodeGroup("own"),
                new DeleteAutoScalingGroup("nobody"),
                new DeleteAutoScalingGroup("general"),
                new DeleteTemplateVersion(template, 99),
                new DeleteTemplateVersion(template, 1),
                new CreateTemplateVersion(
                        template, 99, "x/y", OptionalInt.empty(), OptionalInt.empty(), Map.of(), List.of()),
                new TerminateInstance("i-00000000", "own", false),
                new TerminateInstance(stranger, "own", false),
                new DeregisterTargets(targetGroup(), List.of("i-00000000")),
                new RegisterTargets(targetGroup() + "x", List.of("i-00000000")),
                new DeregisterTargets(targetGroup() + "x", List.of("i-00000000")),
                new AssociateCidrBlock("vpc-00000000", BLOCK),
                new DisassociateCidrBlock(vpc(), Cidr.parse("10.7.0.0/16")),
                new DisassociateCidrBlock(vpc(), Cidr.parse("100.99.0.0/16")),
                new CreateSubnet(vpc(), AwsFixture.REGION + "a", Cidr.parse("100.99.0.0/18"), TAGS),
                new CreateSubnet(vpc(), AwsFixture.REGION + "a", Cidr.parse("10.7.0.0/24"), TAGS),
                new DeleteSubnet(vpc(), Cidr.parse("100.99.0.0/18")),
                new AssociateRouteTable(vpc(), Cidr.parse("100.99.0.0/18"), "rtb-00000000"),
                new CreateSubnetTag(vpc(), Cidr.parse("100.99.0.0/18"), ROLE, "1"));
        for (Act act : acts) {
            assertThat(end(aws.perform(act))).as(act.toString()).isEqualTo(end(simulated.perform(act)));
        }
    }

    private CreateNodeGroup copy(String name, String like) {
        return new CreateNodeGroup(
                name, like, OptionalLong.empty(), Map.of(), List.of(), 0, 1, 0, fixture.subnets(), TAGS);
    }

    private Act template(OptionalInt maxPods, Map<String, String> labels) {
        return new CreateTemplateVersion(
                ownTemplate(), 1, MIGRATION + "/template", maxPods, OptionalInt.of(1), labels, List.of());
    }

    private AwsPort simulated() {
        return Simulation.open(snapshot, new Settings(1, Map.of())).world().aws();
    }

    private static String end(ActResult result) {
        return result.fold(done -> "done", refused -> refused.reason().toString());
    }

    /** What comes and goes by itself, and the ids of rules that were made again, do not count. */
    private static Map<String, Object> told(Map<String, Object> before) {
        Map<String, Object> copy = Tree.mutable(before);
        copy.computeIfPresent(
                "ingress",
                (key, rules) -> Tree.maps(before, "ingress").stream()
                        .map(rule -> Trees.without(rule, "id"))
                        .toList());
        return copy;
    }

    private String ownTemplate() {
        return group("own").launchTemplate().orElseThrow().id();
    }

    private String securityGroup() {
        return snapshot.securityGroups().get(0).id();
    }

    private String targetGroup() {
        return snapshot.targetGroups().get(0).arn();
    }

    private List<String> instancesOf(String group) {
        return snapshot.instances().stream()
                .filter(i -> i.nodeGroup().equals(Optional.of(group)))
                .map(Instance::id)
                .toList();
    }

    private NodeGroup group(String name) {
        return aws.read(Set.of(Part.NODE_GROUPS)).resources().stream()
                .filter(NodeGroup.class::isInstance)
                .map(NodeGroup.class::cast)
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
