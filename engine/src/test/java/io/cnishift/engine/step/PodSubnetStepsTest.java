package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.act.DeleteSubnetCidrReservation;
import io.cnishift.api.act.DeleteSubnetTag;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.step.AddCidr;
import io.cnishift.api.step.AwaitAddresses;
import io.cnishift.api.step.MakeEniConfig;
import io.cnishift.api.step.MakeSubnet;
import io.cnishift.api.step.ReservePrefixes;
import io.cnishift.api.step.TagSubnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Blocks of the VPC, subnets for pods, and how the VPC CNI is told of them. */
final class PodSubnetStepsTest {

    private static final Cidr BLOCK = Cidr.parse("100.64.0.0/16");
    private static final Cidr PODS = Cidr.parse("100.64.0.0/18");
    private static final AddCidr ADD = new AddCidr(BLOCK, Duration.ofMinutes(60));
    private static final MakeSubnet MAKE = new MakeSubnet("eu-1a", PODS, "rtb-1");
    private static final TagSubnet TAG = new TagSubnet(PODS);
    private static final AssociateCidrBlock ASSOCIATE = new AssociateCidrBlock("vpc-1", BLOCK);
    private static final Map<String, String> OURS = Map.of("cnishift.io/migration", "m-1");

    private final FakeProgress progress = new FakeProgress();
    private final Scene scene = Scene.of(Make.cluster("shop"), vpc());

    private static Vpc vpc(String... states) {
        List<Vpc.CidrBlock> blocks = new ArrayList<>();
        blocks.add(new Vpc.CidrBlock(Cidr.parse("10.0.0.0/16"), "associated"));
        for (String state : states) {
            blocks.add(new Vpc.CidrBlock(BLOCK, state));
        }
        return new Vpc("vpc-1", blocks, List.of());
    }

    private static Subnet subnet(String routeTable, Map<String, String> tags) {
        return new Subnet(
                "subnet-9",
                "",
                "eu-1a",
                PODS,
                100,
                OptionalInt.empty(),
                Optional.of(routeTable),
                false,
                List.of(),
                tags);
    }

    private static NetworkInterface secondary(String id, String instance) {
        return new NetworkInterface(
                id,
                "subnet-9",
                "interface",
                "aws-K8S-" + instance,
                Optional.of(instance),
                List.of("100.64.0.7"),
                List.of(),
                List.of());
    }

    @Test
    void aBlockIsAssociatedAndThenTheControlPlaneIsGivenTimeToNotice() {
        AddCidrHandler handler = new AddCidrHandler();
        assertThat(Scene.act(handler.next(scene.view(), ADD, progress))).isEqualTo(ASSOCIATE);
        progress.did(ASSOCIATE, Map.of());
        scene.with(vpc("associating"));
        assertThat(Scene.waiting(handler.next(scene.view(), ADD, progress.later(5))))
                .contains("is associating");
        scene.with(vpc("associated"));
        assertThat(Scene.waiting(handler.next(scene.view(), ADD, progress.later(10))))
                .contains("until 2026-11-21T02:00:00Z the control plane may not know 100.64.0.0/16");
        assertThat(Scene.done(handler.next(scene.view(), ADD, progress.later(3600))))
                .contains("has 100.64.0.0/16");
    }

    @Test
    void aBlockThatWasThereIsNeitherWaitedForNorTakenAway() {
        AddCidrHandler handler = new AddCidrHandler();
        scene.with(vpc("associated"));
        assertThat(Scene.done(handler.next(scene.view(), ADD, progress))).contains("has 100.64.0.0/16");
        progress.did(ASSOCIATE, Map.of("cidr", "100.64.0.0/16", "state", "associated"));
        assertThat(Scene.done(handler.back(scene.view(), ADD, progress))).contains("none of ours");
    }

    @Test
    void aBlockOfOursIsTakenAwayEvenIfItsOutcomeWasLost() {
        AddCidrHandler handler = new AddCidrHandler();
        progress.lost(ASSOCIATE, Map.of());
        scene.with(vpc("associated"));
        assertThat(Scene.act(handler.back(scene.view(), ADD, progress)))
                .isEqualTo(new DisassociateCidrBlock("vpc-1", BLOCK));
        scene.with(vpc("disassociating"));
        assertThat(Scene.waiting(handler.back(scene.view(), ADD, progress))).contains("disassociating");
        scene.with(vpc());
        assertThat(Scene.done(handler.back(scene.view(), ADD, progress))).contains("has no 100.64.0.0/16");
    }

    @Test
    void aBlockThatEc2DidNotAssociateStopsTheStep() {
        scene.with(vpc("failed"));
        assertThat(Scene.failed(new AddCidrHandler().next(scene.view(), ADD, progress)))
                .contains("its state is failed");
    }

    @Test
    void aSubnetIsMadeWithTheTagOfTheMigrationAndRoutedAsTheNodesAre() {
        MakeSubnetHandler handler = new MakeSubnetHandler();
        CreateSubnet create = (CreateSubnet) Scene.act(handler.next(scene.view(), MAKE, progress));
        assertThat(create.zone()).isEqualTo("eu-1a");
        assertThat(create.tags()).containsAllEntriesOf(OURS).containsEntry("Name", "shop-pods-eu-1a");
        scene.with(subnet("rtb-main", create.tags()));
        assertThat(Scene.act(handler.next(scene.view(), MAKE, progress)))
                .isEqualTo(new AssociateRouteTable("vpc-1", PODS, "rtb-1"));
        scene.with(subnet("rtb-1", create.tags()));
        assertThat(Scene.done(handler.next(scene.view(), MAKE, progress))).contains("subnet-9");
    }

    @Test
    void aSubnetOfSomebodyElseStaysAndStopsTheStep() {
        MakeSubnetHandler handler = new MakeSubnetHandler();
        scene.with(subnet("rtb-1", Map.of("cnishift.io/migration", "m-0")));
        assertThat(Scene.blocked(handler.next(scene.view(), MAKE, progress)))
                .startsWith("STEP-SUBNET-EXISTS subnet subnet-9");
        assertThat(Scene.done(handler.back(scene.view(), MAKE, progress))).contains("no subnet 100.64.0.0/18 of ours");
    }

    @Test
    void aSubnetIsDeletedOnceNobodyHasAnInterfaceInIt() {
        MakeSubnetHandler handler = new MakeSubnetHandler();
        scene.with(subnet("rtb-1", OURS), secondary("eni-1", "i-1"), Make.instance("i-1", "blue"));
        assertThat(Scene.waiting(handler.back(scene.view(), MAKE, progress))).contains("interfaces of i-1");
        assertThat(Scene.blocked(handler.back(scene.view(), MAKE, progress.later(Duration.ofMinutes(11)))))
                .startsWith("STEP-SUBNET-IN-USE subnet subnet-9")
                .contains("i-1");
        scene.without(Part.NETWORK_INTERFACES, "eni-1");
        assertThat(Scene.act(handler.back(scene.view(), MAKE, progress))).isEqualTo(new DeleteSubnet("vpc-1", PODS));
    }

    @Test
    void theVpcCniThatKnowsExclusionGivesItsInterfacesBackBeforeTheTagGoes() {
        TagSubnetHandler handler = new TagSubnetHandler();
        CreateSubnetTag serves = new CreateSubnetTag("vpc-1", PODS, TagSubnet.KEY, "1");
        CreateSubnetTag excludes = new CreateSubnetTag("vpc-1", PODS, TagSubnet.KEY, "0");
        scene.with(subnet("rtb-1", Map.of()), awsNode("v1.22.1"), Make.instance("i-1", "blue"));
        assertThat(Scene.act(handler.next(scene.view(), TAG, progress))).isEqualTo(serves);
        progress.did(serves, Map.of());
        scene.with(subnet("rtb-1", Map.of(TagSubnet.KEY, "1")), secondary("eni-1", "i-1"));
        assertThat(Scene.done(handler.next(scene.view(), TAG, progress))).contains("subnet-9");

        assertThat(Scene.act(handler.back(scene.view(), TAG, progress))).isEqualTo(excludes);
        scene.with(subnet("rtb-1", Map.of(TagSubnet.KEY, "0")));
        assertThat(Scene.waiting(handler.back(scene.view(), TAG, progress))).contains("for pods on i-1");
        scene.without(Part.NETWORK_INTERFACES, "eni-1");
        assertThat(Scene.act(handler.back(scene.view(), TAG, progress)))
                .isEqualTo(new DeleteSubnetTag("vpc-1", PODS, TagSubnet.KEY));
    }

    @Test
    void anOlderVpcCniKeepsItsInterfacesAndTheyAreNamed() {
        TagSubnetHandler handler = new TagSubnetHandler();
        progress.did(new CreateSubnetTag("vpc-1", PODS, TagSubnet.KEY, "1"), Map.of());
        scene.with(
                subnet("rtb-1", Map.of(TagSubnet.KEY, "1")),
                awsNode("v1.20.4-eksbuild.2"),
                Make.instance("i-1", "blue"),
                secondary("eni-1", "i-1"));
        assertThat(Scene.act(handler.back(scene.view(), TAG, progress)))
                .isEqualTo(new DeleteSubnetTag("vpc-1", PODS, TagSubnet.KEY));
        scene.with(subnet("rtb-1", Map.of()));
        assertThat(Scene.done(handler.back(scene.view(), TAG, progress))).contains("keeps interfaces of i-1");
    }

    @Test
    void rangesAreKeptOnceAndGivenBackOnTheWayBack() {
        ReservePrefixesHandler handler = new ReservePrefixesHandler();
        Cidr small = PODS.nth(28, 9);
        Cidr large = PODS.nth(26, 5);
        ReservePrefixes params = new ReservePrefixes(PODS, List.of(small, large), 4);
        CreateSubnetCidrReservation first = new CreateSubnetCidrReservation("vpc-1", PODS, small);
        CreateSubnetCidrReservation second = new CreateSubnetCidrReservation("vpc-1", PODS, large);
        assertThat(Scene.failed(handler.next(scene.view(), params, progress))).contains("no subnet 100.64.0.0/18");
        scene.with(subnet());
        assertThat(Scene.acts(handler.next(scene.view(), params, progress))).isEqualTo(List.of(first, second));
        progress.did(first, Map.of("range", small.toString(), "type", "prefix"));
        progress.did(second, Map.of());
        scene.with(subnet(small, large));
        assertThat(Scene.done(handler.next(scene.view(), params, progress)))
                .contains("2 ranges of subnet subnet-9 kept for prefixes");

        assertThat(Scene.act(handler.back(scene.view(), params, progress)))
                .as("the first one was there before")
                .isEqualTo(new DeleteSubnetCidrReservation("vpc-1", PODS, large));
        scene.with(subnet(small));
        assertThat(Scene.done(handler.back(scene.view(), params, progress))).contains("no range of ours");
    }

    @Test
    void aRangeWhoseReservationMayHaveBeenMadeIsGivenBack() {
        ReservePrefixesHandler handler = new ReservePrefixesHandler();
        Cidr range = PODS.nth(28, 9);
        progress.lost(new CreateSubnetCidrReservation("vpc-1", PODS, range), Map.of());
        scene.with(subnet(range));
        assertThat(Scene.act(handler.back(scene.view(), new ReservePrefixes(PODS, List.of(range), 1), progress)))
                .isEqualTo(new DeleteSubnetCidrReservation("vpc-1", PODS, range));
    }

    @Test
    void blocksThatAreGoneByThenRefuseTheRun() {
        scene.with(subnet());
        assertThat(new ReservePrefixesHandler()
                        .facts(scene.view(), new ReservePrefixes(PODS, List.of(PODS.nth(28, 9)), 4)))
                .containsExactly(Fact.atLeast("subnets/subnet-9", "freePrefixBlocks", 4));
    }

    private static Subnet subnet(Cidr... kept) {
        return new Subnet(
                "subnet-9",
                "",
                "eu-1a",
                PODS,
                100,
                OptionalInt.of(5),
                Optional.of("rtb-1"),
                false,
                Stream.of(kept)
                        .map(range -> new Subnet.Reservation(range, "prefix"))
                        .toList(),
                Map.of());
    }

    private static Workload awsNode(String tag) {
        Map<String, Object> container = Map.of("name", "aws-node", "image", "repo/amazon-k8s-cni:" + tag);
        return Make.awsNode(1).spec(Map.of("containers", List.of(container))).build();
    }

    @Test
    void anEniConfigNamesTheSubnetOfTheBlock() {
        MakeEniConfigHandler handler = new MakeEniConfigHandler();
        MakeEniConfig params = new MakeEniConfig("eu-1a", PODS, List.of("sg-1"));
        assertThat(Scene.failed(handler.next(scene.view(), params, progress))).contains("no subnet 100.64.0.0/18");
        scene.with(subnet("rtb-1", OURS));
        ApplyObject apply = (ApplyObject) Scene.act(handler.next(scene.view(), params, progress));
        assertThat(Tree.text(apply.object(), "spec", "subnet")).contains("subnet-9");
        assertThat(Tree.texts(apply.object(), "spec", "securityGroups")).containsExactly("sg-1");
        scene.with(new EniConfig("eu-1a", "subnet-9", List.of("sg-1")));
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).contains("eu-1a");

        progress.did(apply, Map.of());
        scene.without(subnet("rtb-1", OURS));
        assertThat(Scene.act(handler.back(scene.view(), params, progress)).target())
                .contains("ENIConfig eu-1a");
    }

    @Test
    void promisedAddressesAreWaitedForAndThenMissed() {
        AwaitAddressesHandler handler = new AwaitAddressesHandler();
        AwaitAddresses params = new AwaitAddresses(Map.of("subnet-1", 20));
        scene.with(Make.subnet("subnet-1", 19));
        assertThat(Scene.waiting(handler.next(scene.view(), params, progress))).contains("19 free addresses of 20");
        assertThat(Scene.blocked(handler.next(scene.view(), params, progress.later(Duration.ofMinutes(31)))))
                .startsWith("STEP-ADDRESSES-NOT-FREED");
        scene.with(Make.subnet("subnet-1", 20));
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).contains("1 subnet");
    }
}
