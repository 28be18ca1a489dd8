package io.cnishift.engine.owner;

import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.act.CreateSubnetTag;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The attributes that acts on the VPC and its subnets change. eksctl knows none of them. Pure. */
final class VpcFields {

    private VpcFields() {}

    static CodeField block(AssociateCidrBlock act) {
        return new CodeField(
                "aws_vpc_ipv4_cidr_block_association[" + act.cidr() + "] vpc_id, cidr_block",
                "AWS::EC2::VPCCidrBlock[" + act.cidr() + "] VpcId, CidrBlock",
                "",
                act.vpc() + ", " + act.cidr());
    }

    static List<CodeField> subnet(CreateSubnet act) {
        List<CodeField> fields = new ArrayList<>();
        fields.add(new CodeField(
                "aws_subnet[" + act.cidr() + "] vpc_id, availability_zone, cidr_block",
                "AWS::EC2::Subnet[" + act.cidr() + "] VpcId, AvailabilityZone, CidrBlock",
                "",
                act.vpc() + ", " + act.zone() + ", " + act.cidr()));
        new TreeMap<>(act.tags())
                .forEach((key, value) -> fields.add(new CodeField(
                        "aws_subnet[" + act.cidr() + "] tags[" + key + "]",
                        "AWS::EC2::Subnet[" + act.cidr() + "] Tags[" + key + "]",
                        "",
                        value)));
        return fields;
    }

    static CodeField routeTable(AssociateRouteTable act) {
        return new CodeField(
                "aws_route_table_association[" + act.subnet() + "] route_table_id",
                "AWS::EC2::SubnetRouteTableAssociation[" + act.subnet() + "] RouteTableId",
                "",
                act.routeTable());
    }

    static CodeField tag(CreateSubnetTag act) {
        return new CodeField(
                "aws_subnet[" + act.subnet() + "] tags[" + act.key() + "]",
                "AWS::EC2::Subnet[" + act.subnet() + "] Tags[" + act.key() + "]",
                "",
                act.value());
    }

    static CodeField reservation(CreateSubnetCidrReservation act) {
        return new CodeField(
                "aws_ec2_subnet_cidr_reservation[" + act.range() + "] subnet_id, cidr_block, reservation_type",
                "AWS::EC2::SubnetCidrReservation[" + act.range() + "] SubnetId, Cidr, ReservationType",
                "",
                act.subnet() + ", " + act.range() + ", prefix");
    }

    /** What is taken away by removing what states it. */
    static CodeField gone(String terraform, String cloudFormation, Object which) {
        return new CodeField(terraform + "[" + which + "]", cloudFormation + "[" + which + "]", "", CodeFields.GONE);
    }
}
