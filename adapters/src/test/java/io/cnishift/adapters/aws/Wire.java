package io.cnishift.adapters.aws;

import io.cnishift.adapters.aws.StubAws.Reply;
import io.cnishift.api.capacity.Cidr;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers of AWS as they come over the wire. */
final class Wire {

    static final String TEMPLATE = "lt-0a1b2c3d";

    /** A block that the VPC has besides its first one. */
    static final Cidr BLOCK = Cidr.parse("100.65.0.0/16");

    /** The block of a subnet in it. */
    static final Cidr PODS = Cidr.parse("100.65.0.0/18");

    private Wire() {}

    /** A VPC with a first block, {@link #BLOCK}, and one that it had. */
    static Reply vpc() {
        return StubAws.ok("<R><vpcSet><item><vpcId>vpc-1</vpcId><cidrBlockAssociationSet>"
                + block("vpc-cidr-assoc-1", "10.0.0.0/16", "associated")
                + block("vpc-cidr-assoc-2", "100.65.0.0/16", "associated")
                + block("vpc-cidr-assoc-3", "100.66.0.0/16", "disassociated")
                + "</cidrBlockAssociationSet></item></vpcSet></R>");
    }

    private static String block(String id, String cidr, String state) {
        return "<item><associationId>" + id + "</associationId><cidrBlock>" + cidr
                + "</cidrBlock><cidrBlockState><state>" + state + "</state></cidrBlockState></item>";
    }

    static Reply subnets(String... subnets) {
        return StubAws.ok("<R><subnetSet>" + String.join("", subnets) + "</subnetSet></R>");
    }

    /** A subnet with one tag, {@code key=value}. */
    static String subnet(String id, String cidr, String tag) {
        String[] pair = tag.split("=", 2);
        return "<item><subnetId>" + id + "</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-1a</availabilityZone>"
                + "<cidrBlock>" + cidr + "</cidrBlock><tagSet><item><key>" + pair[0] + "</key><value>" + pair[1]
                + "</value></item></tagSet></item>";
    }

    /** One reserved range of a subnet. */
    static Reply reservations(String id, Cidr range, String type) {
        return StubAws.ok("<R><subnetIpv4CidrReservationSet><item><subnetCidrReservationId>" + id
                + "</subnetCidrReservationId><cidr>" + range + "</cidr><reservationType>" + type
                + "</reservationType></item></subnetIpv4CidrReservationSet></R>");
    }

    /** The main route table and rtb-1, of which the subnet has one of its own; empty: none has. */
    static Reply routeTables(String subnet) {
        String own = subnet.isEmpty() ? "" : "<item><subnetId>" + subnet + "</subnetId><main>false</main></item>";
        return StubAws.ok("<R><routeTableSet><item><routeTableId>rtb-0</routeTableId><associationSet><item><main>true"
                + "</main></item></associationSet></item><item><routeTableId>rtb-1</routeTableId><associationSet>" + own
                + "</associationSet></item></routeTableSet></R>");
    }

    static Reply empty(String operation) {
        return StubAws.ok(operation.startsWith("eks:") ? "{}" : "<R><return>true</return></R>");
    }

    static Reply nodegroup(Map<String, Object> fields) {
        return StubAws.ok(Serialization.asJson(Map.of("nodegroup", fields)));
    }

    static Reply addon(Map<String, Object> fields) {
        return StubAws.ok(Serialization.asJson(Map.of("addon", fields)));
    }

    static Reply gone(String operation) {
        return operation.startsWith("eks:")
                ? StubAws.error(404, "ResourceNotFoundException", "No such thing")
                : StubAws.error(400, "InvalidLaunchTemplateId.VersionNotFound", "no such version");
    }

    static Reply versions(String... versions) {
        return StubAws.ok("<R><launchTemplateVersionSet>"
                + Arrays.stream(versions).map(v -> "<item>" + v + "</item>").collect(Collectors.joining())
                + "</launchTemplateVersionSet></R>");
    }

    static String version(long number, String description, String data) {
        return "<launchTemplateId>" + TEMPLATE + "</launchTemplateId><versionNumber>" + number
                + "</versionNumber><versionDescription>" + description + "</versionDescription><launchTemplateData>"
                + data
                + "</launchTemplateData>";
    }

    static Reply groups(String... groups) {
        return StubAws.ok("<R><DescribeAutoScalingGroupsResult><AutoScalingGroups>"
                + Arrays.stream(groups).map(g -> "<member>" + g + "</member>").collect(Collectors.joining())
                + "</AutoScalingGroups></DescribeAutoScalingGroupsResult></R>");
    }

    static String group(String name, String more) {
        return "<AutoScalingGroupName>" + name + "</AutoScalingGroupName><MinSize>1</MinSize><MaxSize>5</MaxSize>"
                + "<DesiredCapacity>3</DesiredCapacity>" + more;
    }

    static String template(String version) {
        return "<LaunchTemplate><LaunchTemplateId>" + TEMPLATE + "</LaunchTemplateId><LaunchTemplateName>own"
                + "</LaunchTemplateName><Version>" + version + "</Version></LaunchTemplate>";
    }

    static Reply hooks(String... hooks) {
        return StubAws.ok("<R><DescribeLifecycleHooksResult><LifecycleHooks>"
                + Arrays.stream(hooks).map(h -> "<member>" + h + "</member>").collect(Collectors.joining())
                + "</LifecycleHooks></DescribeLifecycleHooksResult></R>");
    }

    static Reply instance(String id, String state) {
        return StubAws.ok("<R><reservationSet><item><instancesSet><item><instanceId>" + id
                + "</instanceId><instanceState><name>" + state
                + "</name></instanceState></item></instancesSet></item></reservationSet></R>");
    }

    static Reply securityGroup(String id) {
        return StubAws.ok("<R><securityGroupInfo><item><groupId>" + id
                + "</groupId><groupName>nodes</groupName></item></securityGroupInfo></R>");
    }

    static Reply rules(List<String> rules) {
        return StubAws.ok("<R><securityGroupRuleSet>"
                + rules.stream().map(r -> "<item>" + r + "</item>").collect(Collectors.joining())
                + "</securityGroupRuleSet></R>");
    }

    static String rule(String id, int port, String cidr) {
        return "<securityGroupRuleId>" + id
                + "</securityGroupRuleId><isEgress>false</isEgress><ipProtocol>udp</ipProtocol>" + "<fromPort>" + port
                + "</fromPort><toPort>" + port + "</toPort><cidrIpv4>" + cidr + "</cidrIpv4>";
    }

    static Reply targets(String... targets) {
        return StubAws.ok("<R><DescribeTargetHealthResult><TargetHealthDescriptions>"
                + Arrays.stream(targets)
                        .map(t -> "<member><Target><Id>" + t
                                + "</Id><Port>30080</Port></Target><TargetHealth><State>healthy"
                                + "</State></TargetHealth></member>")
                        .collect(Collectors.joining())
                + "</TargetHealthDescriptions></DescribeTargetHealthResult></R>");
    }
}
