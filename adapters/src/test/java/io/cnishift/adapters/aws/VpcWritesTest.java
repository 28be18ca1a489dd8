package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
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
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks of the VPC, subnets, their route tables and tags. */
final class VpcWritesTest {

    private static final String ASSOCIATE = "ec2:AssociateVpcCidrBlock";
    private static final String MAKE = "ec2:CreateSubnet";
    private static final String ROUTE = "ec2:AssociateRouteTable";
    private static final String SUBNETS = "ec2:DescribeSubnets";
    private static final String KEPT = "ec2:GetSubnetCidrReservations";
    private static final String KEEP = "ec2:CreateSubnetCidrReservation";
    private static final String GIVE = "ec2:DeleteSubnetCidrReservation";
    private static final Cidr RANGE = Wire.PODS.nth(27, 1);
    private static final Act RESERVED = new CreateSubnetCidrReservation("vpc-1", Wire.PODS, RANGE);
    private static final Cidr FREE = Cidr.parse("100.66.0.0/16");
    private static final Act SUBNET = new CreateSubnet("vpc-1", "eu-1a", Wire.PODS, Map.of("made-by", "us"));
    private static final Act ROUTED = new AssociateRouteTable("vpc-1", Wire.PODS, "rtb-1");

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aVpcWithASubnet() {
        aws.on("ec2:DescribeVpcs", Wire.vpc())
                .on(SUBNETS, Wire.subnets(Wire.subnet("subnet-1", "100.65.0.0/18", "made-by=us")))
                .on("ec2:DescribeRouteTables", Wire.routeTables(""))
                .on(ASSOCIATE, Wire.empty(ASSOCIATE))
                .on("ec2:DisassociateVpcCidrBlock", Wire.empty(ASSOCIATE))
                .on(MAKE, Wire.empty(MAKE))
                .on("ec2:DeleteSubnet", Wire.empty(MAKE))
                .on(ROUTE, Wire.empty(ROUTE))
                .on("ec2:CreateTags", Wire.empty(MAKE))
                .on("ec2:DeleteTags", Wire.empty(MAKE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void associatesABlockThatTheVpcOnlyHad() {
        assertThat(aws.port().before(new AssociateCidrBlock("vpc-1", FREE))).isEmpty();
        assertThat(aws.port().perform(new AssociateCidrBlock("vpc-1", FREE)).done())
                .isTrue();
        assertThat(aws.one(ASSOCIATE).form())
                .containsEntry("VpcId", "vpc-1")
                .containsEntry("CidrBlock", "100.66.0.0/16");
    }

    @Test
    void leavesABlockThatIsThere() {
        Act act = new AssociateCidrBlock("vpc-1", Wire.BLOCK);
        assertThat(aws.port().before(act)).isEqualTo(Map.of("cidr", "100.65.0.0/16", "state", "associated"));
        assertThat(aws.port().perform(act).done()).isTrue();
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aBlockThatIsForbiddenIsRefusedWithWhatEc2Says() {
        aws.on(ASSOCIATE, error(400, "InvalidVpc.Range", "The CIDR '100.66.0.0/16' is restricted."));
        assertThat(reason(new AssociateCidrBlock("vpc-1", FREE))).isEqualTo(Reason.INVALID);
    }

    @Test
    void takesABlockAwayByItsAssociationAndWaitsForItsSubnets() {
        Act act = new DisassociateCidrBlock("vpc-1", Wire.BLOCK);
        assertThat(aws.port().perform(act).done()).isTrue();
        assertThat(aws.one("ec2:DisassociateVpcCidrBlock").form()).containsEntry("AssociationId", "vpc-cidr-assoc-2");
        aws.on("ec2:DisassociateVpcCidrBlock", error(400, "InvalidCidrBlock.InUse", "has a subnet"));
        assertThat(reason(act)).isEqualTo(Reason.BUSY);
        assertThat(aws.port().perform(new DisassociateCidrBlock("vpc-1", FREE)).done())
                .isTrue();
    }

    @Test
    void makesASubnetWithItsTags() {
        aws.on(SUBNETS, Wire.subnets());
        assertThat(aws.port().perform(SUBNET).done()).isTrue();
        assertThat(aws.one(MAKE).form())
                .containsEntry("AvailabilityZone", "eu-1a")
                .containsEntry("CidrBlock", "100.65.0.0/18")
                .containsEntry("TagSpecification.1.ResourceType", "subnet")
                .containsEntry("TagSpecification.1.Tag.1.Key", "made-by")
                .containsEntry("TagSpecification.1.Tag.1.Value", "us");
    }

    @Test
    void aSubnetWithTheTagsIsOursAndAnotherIsInTheWay() {
        assertThat(aws.port().perform(SUBNET).done()).isTrue();
        assertThat(aws.writes()).isEmpty();
        aws.on(SUBNETS, Wire.subnets(Wire.subnet("subnet-1", "100.65.0.0/18", "made-by=others")));
        assertThat(reason(SUBNET)).isEqualTo(Reason.EXISTS);
    }

    @Test
    void aSubnetThatWasMadeAlthoughTheAnswerWasLostIsFoundAgain() {
        aws.on(SUBNETS, Wire.subnets(), Wire.subnets(Wire.subnet("subnet-1", "100.65.0.0/18", "made-by=us")))
                .on(MAKE, error(503, "ServiceUnavailable", "oops"), error(400, "InvalidSubnet.Conflict", "conflicts"));
        assertThat(aws.port().perform(SUBNET)).isEqualTo(new ActResult.Performed(Map.of("subnet", "subnet-1")));
    }

    @Test
    void aSubnetInUseIsBusyAndOneThatIsGoneIsDeleted() {
        Act act = new DeleteSubnet("vpc-1", Wire.PODS);
        aws.on("ec2:DeleteSubnet", error(400, "DependencyViolation", "has dependencies"));
        assertThat(reason(act)).isEqualTo(Reason.BUSY);
        aws.on("ec2:DeleteSubnet", error(400, "InvalidSubnetID.NotFound", "gone"));
        assertThat(aws.port().perform(act).done()).isTrue();
    }

    @Test
    void aRouteTableOfItsOwnIsNotTakenFromASubnet() {
        assertThat(aws.port().before(ROUTED)).isEqualTo(Map.of("routeTable", "rtb-0"));
        assertThat(aws.port().perform(ROUTED).done()).isTrue();
        assertThat(aws.one(ROUTE).form()).containsEntry("RouteTableId", "rtb-1").containsEntry("SubnetId", "subnet-1");
        aws.on("ec2:DescribeRouteTables", Wire.routeTables("subnet-1"));
        assertThat(aws.port().perform(ROUTED).done()).isTrue();
        assertThat(reason(new AssociateRouteTable("vpc-1", Wire.PODS, "rtb-2"))).isEqualTo(Reason.EXISTS);
        assertThat(aws.asked(ROUTE)).hasSize(1);
    }

    @Test
    void tagsASubnetByItsBlock() {
        Act tag = new CreateSubnetTag("vpc-1", Wire.PODS, "made-by", "them");
        assertThat(aws.port().before(tag)).isEqualTo(Map.of("value", "us"));
        assertThat(aws.port().perform(tag).done()).isTrue();
        assertThat(aws.one("ec2:CreateTags").form())
                .containsEntry("ResourceId.1", "subnet-1")
                .containsEntry("Tag.1.Key", "made-by")
                .containsEntry("Tag.1.Value", "them");
        assertThat(aws.port()
                        .perform(new DeleteSubnetTag("vpc-1", Wire.PODS, "made-by"))
                        .done())
                .isTrue();
        assertThat(aws.one("ec2:DeleteTags").form()).doesNotContainKey("Tag.1.Value");
        assertThat(reason(new CreateSubnetTag("vpc-1", FREE, "k", "v"))).isEqualTo(Reason.GONE);
    }

    @Test
    void keepsARangeForPrefixes() {
        aws.on(KEPT, Wire.empty(KEPT)).on(KEEP, Wire.empty(KEEP));
        assertThat(aws.port().before(RESERVED)).isEmpty();
        assertThat(aws.port().perform(RESERVED).done()).isTrue();
        assertThat(aws.one(KEEP).form())
                .containsEntry("SubnetId", "subnet-1")
                .containsEntry("Cidr", "100.65.0.32/27")
                .containsEntry("ReservationType", "prefix");
        assertThat(reason(new CreateSubnetCidrReservation("vpc-1", FREE, FREE))).isEqualTo(Reason.GONE);
    }

    @Test
    void leavesARangeThatIsKeptAndRefusesOneThatIsKeptForOthers() {
        aws.on(KEPT, Wire.reservations("scr-1", RANGE, "prefix"));
        assertThat(aws.port().before(RESERVED)).isEqualTo(Map.of("range", "100.65.0.32/27", "type", "prefix"));
        assertThat(aws.port().perform(RESERVED).done()).isTrue();
        assertThat(aws.writes()).isEmpty();
        aws.on(KEPT, Wire.reservations("scr-1", RANGE, "explicit"))
                .on(KEEP, error(400, "InvalidParameterValue", "Reservation CIDR has overlap with existing"));
        assertThat(reason(RESERVED)).isEqualTo(Reason.INVALID);
    }

    @Test
    void aRangeThatIsKeptAlthoughTheAnswerWasLostIsFoundAgain() {
        aws.on(KEPT, Wire.empty(KEPT), Wire.reservations("scr-1", RANGE, "prefix"))
                .on(
                        KEEP,
                        error(503, "ServiceUnavailable", "oops"),
                        error(400, "InvalidParameterValue", "Reservation CIDR has overlap with existing"));
        assertThat(aws.port().perform(RESERVED).done()).isTrue();
    }

    @Test
    void aRangeThatEc2RefusesIsRefusedWithWhatItSays() {
        aws.on(KEPT, Wire.empty(KEPT)).on(KEEP, error(400, "ReservationLimitExceeded", "no more of them"));
        assertThat(aws.port().perform(RESERVED).toString()).contains("INVALID", "no more of them");
    }

    @Test
    void givesARangeBackByItsReservation() {
        Act act = new DeleteSubnetCidrReservation("vpc-1", Wire.PODS, RANGE);
        aws.on(KEPT, Wire.reservations("scr-1", RANGE, "prefix")).on(GIVE, Wire.empty(GIVE));
        assertThat(aws.port().perform(act).done()).isTrue();
        assertThat(aws.one(GIVE).form()).containsEntry("SubnetCidrReservationId", "scr-1");
        aws.on(GIVE, error(400, "InvalidSubnetCidrReservationID.NotFound", "gone"));
        assertThat(aws.port().perform(act).done()).isTrue();
        aws.on(KEPT, Wire.reservations("scr-1", RANGE, "explicit"));
        assertThat(aws.port().perform(act).done()).isTrue();
        assertThat(aws.asked(GIVE)).hasSize(2);
    }

    @Test
    void aDryRunThatWouldBeDoneSaysSo() {
        aws.on("ec2:CreateTags", error(412, "DryRunOperation", "would have succeeded"));
        assertThat(aws.port().check(new CreateSubnetTag("vpc-1", Wire.PODS, "k", "1")))
                .get()
                .matches(ActResult::done);
        assertThat(aws.port().check(new AssociateCidrBlock("vpc-1", FREE))).isEmpty();
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, ActResult.Refused::reason);
    }
}
