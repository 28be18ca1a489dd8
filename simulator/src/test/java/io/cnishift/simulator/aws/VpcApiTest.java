package io.cnishift.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
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
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Blocks of the VPC and subnets, as EC2 takes and refuses them. */
final class VpcApiTest {

    private static final Cidr BLOCK = Cidr.parse("100.64.0.0/16");
    private static final Cidr PODS = Cidr.parse("100.64.0.0/18");
    private static final String MINE = "made-by";

    private final AwsWorld world = AwsWorld.of(Clusters.healthy());
    private final String vpc = world.cloud.view().vpc().id();

    @Test
    void aBlockIsAssociatedWithinSecondsAndRoutedLocally() {
        assertThat(perform(new AssociateCidrBlock(vpc, BLOCK))).isEmpty();
        assertThat(state()).contains("associating");
        assertThat(perform(subnet(PODS))).contains(Reason.INVALID);
        world.run(10);

        assertThat(state()).contains("associated");
        assertThat(tables())
                .isNotEmpty()
                .allSatisfy(t -> assertThat(t.routes()).contains(new RouteTable.Route("100.64.0.0/16", "local")));
        assertThat(perform(new AssociateCidrBlock(vpc, BLOCK))).isEmpty();
    }

    @Test
    void blocksThatEc2ForbidsAreRefused() {
        assertThat(message(new AssociateCidrBlock(vpc, Cidr.parse("10.0.128.0/20"))))
                .contains("InvalidVpc.Range");
        assertThat(message(new AssociateCidrBlock(vpc, Cidr.parse("192.168.0.0/16"))))
                .contains("InvalidVpc.Range");
        assertThat(message(new AssociateCidrBlock(vpc, Cidr.parse("100.64.0.0/12"))))
                .contains("InvalidVpc.Range");
        for (int i = 0; i < 4; i++) {
            perform(new AssociateCidrBlock(vpc, Cidr.parse("100." + (65 + i) + ".0.0/16")));
        }
        assertThat(message(new AssociateCidrBlock(vpc, BLOCK))).contains("CidrLimitExceeded");
    }

    @Test
    void aDryRunLooksAtWhatIsNamedAndChangesNothing() {
        for (Act act : List.of(new AssociateCidrBlock(vpc, BLOCK), subnet(PODS), new DeleteSubnet(vpc, PODS))) {
            assertThat(check(act)).as(act.target()).isInstanceOf(ActResult.Performed.class);
        }
        assertThat(check(new AssociateCidrBlock("vpc-0", BLOCK)).toString()).contains("InvalidVpcID.NotFound");
        assertThat(check(new AssociateRouteTable(vpc, PODS, "rtb-0")).toString())
                .contains("InvalidSubnetID.NotFound");
        assertThat(check(new CreateSubnetTag(vpc, PODS, "a", "b")).toString()).contains("InvalidSubnetID.NotFound");
        assertThat(state()).isEmpty();
    }

    private ActResult check(Act act) {
        return AwsApi.acts(world.kernel).check(act).orElseThrow();
    }

    @Test
    void aBlockStaysWhileASubnetLiesInItAndTheFirstOneAlways() {
        made();
        assertThat(perform(new DisassociateCidrBlock(vpc, BLOCK))).contains(Reason.BUSY);
        assertThat(perform(new DisassociateCidrBlock(vpc, Cidr.parse("10.0.0.0/16"))))
                .contains(Reason.INVALID);
        assertThat(perform(new DeleteSubnet(vpc, PODS))).isEmpty();
        assertThat(perform(new DisassociateCidrBlock(vpc, BLOCK))).isEmpty();
        world.run(10);

        assertThat(state()).isEmpty();
        assertThat(tables())
                .allSatisfy(t -> assertThat(t.routes())
                        .extracting(RouteTable.Route::destination)
                        .doesNotContain("100.64.0.0/16"));
    }

    @Test
    void aSubnetHasAddressesAndTheMainRouteTableUntilItGetsAnother() {
        Subnet made = made();
        assertThat(made.freeAddresses()).isEqualTo((1 << 14) - 5);
        String main = tables().stream()
                .filter(RouteTable::main)
                .map(RouteTable::id)
                .findFirst()
                .orElse("none");
        assertThat(made.routeTable().orElse("none")).isEqualTo(main);
        String table = tables().get(0).id();
        assertThat(perform(new AssociateRouteTable(vpc, PODS, table))).isEmpty();

        assertThat(find().orElseThrow().routeTable()).contains(table);
        assertThat(tables().get(0).subnets()).contains(made.id());
        assertThat(perform(new AssociateRouteTable(vpc, PODS, "rtb-none"))).contains(Reason.GONE);
    }

    @Test
    void aSubnetIsMadeOnceAndNotOverAnother() {
        made();
        assertThat(perform(subnet(PODS))).isEmpty();
        assertThat(perform(new CreateSubnet(vpc, "eu-west-1a", PODS, Map.of(MINE, "others"))))
                .contains(Reason.EXISTS);
        assertThat(message(subnet(Cidr.parse("100.64.32.0/19")))).contains("InvalidSubnet.Conflict");
        assertThat(message(subnet(Cidr.parse("100.65.0.0/18")))).contains("InvalidSubnet.Range");
    }

    @Test
    void aSubnetWithAnInterfaceIsNotDeleted() {
        Subnet made = made();
        Interfaces interfaces = new Interfaces(world.cloud);
        String id = interfaces
                .create(new Interfaces.Wanted(made.id(), "interface", "", Optional.empty(), 2, 0, List.of()))
                .orElseThrow()
                .id();
        assertThat(find().orElseThrow().freeAddresses()).isEqualTo(made.freeAddresses() - 3);
        assertThat(message(new DeleteSubnet(vpc, PODS))).contains("DependencyViolation");
        interfaces.delete(id);

        assertThat(perform(new DeleteSubnet(vpc, PODS))).isEmpty();
        assertThat(find()).isEmpty();
    }

    @Test
    void tagsComeAndGo() {
        made();
        assertThat(perform(new CreateSubnetTag(vpc, PODS, "k", "1"))).isEmpty();
        assertThat(find().orElseThrow().tags()).containsEntry("k", "1").containsEntry(MINE, "us");
        assertThat(AwsApi.acts(world.kernel).before(new DeleteSubnetTag(vpc, PODS, "k")))
                .isEqualTo(Map.of("value", "1"));
        assertThat(perform(new DeleteSubnetTag(vpc, PODS, "k"))).isEmpty();
        assertThat(find().orElseThrow().tags()).doesNotContainKey("k");
    }

    @Test
    void aReservedRangeIsKeptForPrefixesUntilItIsGivenBack() {
        Subnet made = made();
        Cidr half = PODS.nth(19, 1);
        Act keep = new CreateSubnetCidrReservation(vpc, PODS, half);
        Act give = new DeleteSubnetCidrReservation(vpc, PODS, half);
        assertThat(AwsApi.acts(world.kernel).before(keep)).isEmpty();
        assertThat(perform(keep)).isEmpty();
        assertThat(perform(keep)).isEmpty();

        Subnet kept = find().orElseThrow();
        assertThat(kept.reservations()).containsExactly(new Subnet.Reservation(half, "prefix"));
        assertThat(kept.freeAddresses()).isEqualTo((1 << 13) - 4);
        assertThat(kept.freePrefixBlocks()).isEqualTo(made.freePrefixBlocks());
        assertThat(world.cloud.pick(made.id(), 1000, List.of()).orElseThrow()).noneMatch(half::contains);
        assertThat(world.cloud.pickBlocks(made.id(), 1).orElseThrow()).allMatch(half::contains);
        assertThat(AwsApi.acts(world.kernel).before(give)).isNotEmpty();
        assertThat(perform(give)).isEmpty();
        assertThat(perform(give)).isEmpty();
        assertThat(find()).contains(made);
    }

    @Test
    void aRangeMayHoldWhatIsInUseAndOverlapsNoOther() {
        Subnet made = made();
        assertThat(new Interfaces(world.cloud)
                        .create(new Interfaces.Wanted(made.id(), "interface", "", Optional.empty(), 2, 0, List.of())))
                .isPresent();
        int before = find().orElseThrow().freeAddresses();
        assertThat(perform(new CreateSubnetCidrReservation(vpc, PODS, PODS))).isEmpty();
        assertThat(find().orElseThrow().freeAddresses()).isZero();
        assertThat(message(new CreateSubnetCidrReservation(vpc, PODS, PODS.nth(28, 9))))
                .contains("InvalidParameterValue", "has overlap with existing reserved CIDR block");
        assertThat(perform(new DeleteSubnetCidrReservation(vpc, PODS, PODS.nth(28, 9))))
                .isEmpty();
        assertThat(perform(new DeleteSubnetCidrReservation(vpc, PODS, PODS))).isEmpty();
        assertThat(find().orElseThrow().freeAddresses()).isEqualTo(before);
        Cidr other = Cidr.parse("100.65.0.0/18");
        assertThat(message(new CreateSubnetCidrReservation(vpc, other, other))).contains("InvalidSubnetID.NotFound");
    }

    private CreateSubnet subnet(Cidr cidr) {
        return new CreateSubnet(vpc, "eu-west-1a", cidr, Map.of(MINE, "us"));
    }

    private Subnet made() {
        perform(new AssociateCidrBlock(vpc, BLOCK));
        world.run(10);
        assertThat(perform(subnet(PODS))).isEmpty();
        return find().orElseThrow();
    }

    private Optional<Subnet> find() {
        return world.cloud.view().subnets().stream()
                .filter(s -> s.cidr().equals(PODS))
                .findFirst();
    }

    private Optional<String> state() {
        return world.cloud.view().vpc().cidrs().stream()
                .filter(b -> b.cidr().equals(BLOCK))
                .map(Vpc.CidrBlock::state)
                .findFirst();
    }

    private List<RouteTable> tables() {
        return List.copyOf(world.cloud.view().all(Part.ROUTE_TABLES, RouteTable.class));
    }

    private Optional<Reason> perform(Act act) {
        return world.perform(act).fold(done -> Optional.empty(), no -> Optional.of(no.reason()));
    }

    private String message(Act act) {
        return world.perform(act).fold(done -> "done", ActResult.Refused::message);
    }
}
