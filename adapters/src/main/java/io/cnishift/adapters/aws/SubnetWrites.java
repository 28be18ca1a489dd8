package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.act.DeleteSubnetTag;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Subnets, found by their block. EC2 knows no token for making one; when the answer was lost, the block of the second request is
 * taken, and the tags tell by whom.
 */
final class SubnetWrites {

    private static final String EC2 = "ec2";
    private static final String CONFLICT = "InvalidSubnet.Conflict";

    private SubnetWrites() {}

    static void in(ActBook book) {
        book.on(CreateSubnet.class, (at, act) -> before(at, act.vpc(), act.cidr()), SubnetWrites::create);
        book.on(DeleteSubnet.class, (at, act) -> before(at, act.vpc(), act.cidr()), SubnetWrites::delete);
        book.on(AssociateRouteTable.class, SubnetWrites::routing, (at, act) -> associate(at, act, false));
        book.on(
                CreateSubnetTag.class,
                (at, act) -> tag(at, act.vpc(), act.subnet(), act.key()),
                (at, act) -> tagged(at, act.vpc(), act.subnet(), (w, id) -> createTag(w, id, act, false)));
        book.on(
                DeleteSubnetTag.class,
                (at, act) -> tag(at, act.vpc(), act.subnet(), act.key()),
                (at, act) -> tagged(at, act.vpc(), act.subnet(), (w, id) -> deleteTag(w, id, act, false)));
        trials(book);
    }

    private static void trials(ActBook book) {
        book.trial(CreateSubnet.class, (at, act) -> {
            create(at, act, true);
            return Optional.of(ActResults.done());
        });
        book.trial(
                DeleteSubnet.class,
                (at, act) -> find(at, act.vpc(), act.cidr()).map(subnet -> {
                    delete(at, subnet.subnetId(), true);
                    return ActResults.done();
                }));
        book.trial(
                AssociateRouteTable.class,
                (at, act) -> find(at, act.vpc(), act.subnet()).map(subnet -> associate(at, act, true)));
        book.trial(
                CreateSubnetTag.class,
                (at, act) -> find(at, act.vpc(), act.subnet()).map(s -> createTag(at, s.subnetId(), act, true)));
        book.trial(
                DeleteSubnetTag.class,
                (at, act) -> find(at, act.vpc(), act.subnet()).map(s -> deleteTag(at, s.subnetId(), act, true)));
    }

    private static ActResult create(Writing at, CreateSubnet act) {
        Optional<Subnet> there = find(at, act.vpc(), act.cidr());
        if (there.isPresent()) {
            return found(act, there.get());
        }
        try {
            return create(at, act, false);
        } catch (CallFailure failure) {
            Optional<Subnet> now =
                    Writing.code(failure).equals(CONFLICT) ? find(at, act.vpc(), act.cidr()) : Optional.empty();
            return now.map(subnet -> found(act, subnet)).orElseThrow(() -> failure);
        }
    }

    private static ActResult found(CreateSubnet act, Subnet there) {
        return Tags.of(there.tags()).entrySet().containsAll(act.tags().entrySet())
                ? ActResults.done("subnet", there.subnetId())
                : ActResults.no(
                        Reason.EXISTS, CONFLICT + ": subnet " + there.subnetId() + " has " + act.cidr() + " already");
    }

    private static ActResult create(Writing at, CreateSubnet act, boolean dryRun) {
        List<Tag> tags = new TreeMap<>(act.tags())
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
        CreateSubnetRequest request = CreateSubnetRequest.builder()
                .vpcId(act.vpc())
                .availabilityZone(act.zone())
                .cidrBlock(act.cidr().toString())
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.SUBNET)
                        .tags(tags)
                        .build())
                .dryRun(dryRun)
                .build();
        Subnet made = at.calls()
                .write(EC2, "CreateSubnet", () -> at.clients().ec2().createSubnet(request))
                .subnet();
        return made == null ? ActResults.done() : ActResults.done("subnet", made.subnetId());
    }

    private static ActResult delete(Writing at, DeleteSubnet act) {
        find(at, act.vpc(), act.cidr()).ifPresent(subnet -> Writing.found(() -> delete(at, subnet.subnetId(), false)));
        return ActResults.done();
    }

    private static ActResult delete(Writing at, String subnet, boolean dryRun) {
        DeleteSubnetRequest request =
                DeleteSubnetRequest.builder().subnetId(subnet).dryRun(dryRun).build();
        at.calls().write(EC2, "DeleteSubnet", () -> at.clients().ec2().deleteSubnet(request));
        return ActResults.done();
    }

    private static ActResult associate(Writing at, AssociateRouteTable act, boolean dryRun) {
        Optional<Subnet> there = find(at, act.vpc(), act.subnet());
        if (there.isEmpty()) {
            return noSubnet(act.subnet());
        }
        String subnet = there.get().subnetId();
        Optional<String> own = own(at.apis().network().routeTables(act.vpc()), subnet);
        if (own.isPresent()) {
            return own.get().equals(act.routeTable())
                    ? ActResults.done()
                    : ActResults.no(
                            Reason.EXISTS, "Resource.AlreadyAssociated: " + subnet + " has route table " + own.get());
        }
        AssociateRouteTableRequest request = AssociateRouteTableRequest.builder()
                .routeTableId(act.routeTable())
                .subnetId(subnet)
                .dryRun(dryRun)
                .build();
        at.calls().write(EC2, "AssociateRouteTable", () -> at.clients().ec2().associateRouteTable(request));
        return ActResults.done();
    }

    private static ActResult tagged(Writing at, String vpc, Cidr cidr, BiFunction<Writing, String, ActResult> change) {
        return find(at, vpc, cidr)
                .map(subnet -> change.apply(at, subnet.subnetId()))
                .orElseGet(() -> noSubnet(cidr));
    }

    private static ActResult createTag(Writing at, String subnet, CreateSubnetTag act, boolean dryRun) {
        CreateTagsRequest request = CreateTagsRequest.builder()
                .resources(subnet)
                .tags(Tag.builder().key(act.key()).value(act.value()).build())
                .dryRun(dryRun)
                .build();
        at.calls().write(EC2, "CreateTags", () -> at.clients().ec2().createTags(request));
        return ActResults.done();
    }

    private static ActResult deleteTag(Writing at, String subnet, DeleteSubnetTag act, boolean dryRun) {
        DeleteTagsRequest request = DeleteTagsRequest.builder()
                .resources(subnet)
                .tags(Tag.builder().key(act.key()).build())
                .dryRun(dryRun)
                .build();
        at.calls().write(EC2, "DeleteTags", () -> at.clients().ec2().deleteTags(request));
        return ActResults.done();
    }

    static ActResult noSubnet(Cidr cidr) {
        return ActResults.no(Reason.GONE, "InvalidSubnetID.NotFound: there is no subnet " + cidr);
    }

    static Optional<Subnet> find(Writing at, String vpc, Cidr cidr) {
        return at.apis().network().subnets(vpc).stream()
                .filter(s -> cidr.toString().equals(s.cidrBlock()))
                .findFirst();
    }

    /** The route table that a subnet has of its own. */
    private static Optional<String> own(List<RouteTable> tables, String subnet) {
        return tables.stream()
                .filter(t -> t.associations().stream().anyMatch(a -> subnet.equals(a.subnetId())))
                .map(RouteTable::routeTableId)
                .findFirst();
    }

    private static Map<String, Object> routing(Writing at, AssociateRouteTable act) {
        return find(at, act.vpc(), act.subnet())
                .flatMap(subnet -> {
                    List<RouteTable> tables = at.apis().network().routeTables(act.vpc());
                    return own(tables, subnet.subnetId())
                            .or(() -> tables.stream()
                                    .filter(t -> t.associations().stream().anyMatch(RouteTableAssociation::main))
                                    .map(RouteTable::routeTableId)
                                    .min(Comparator.naturalOrder()));
                })
                .map(table -> ActResults.tree("routeTable", table))
                .orElse(Map.of());
    }

    private static Map<String, Object> before(Writing at, String vpc, Cidr cidr) {
        return find(at, vpc, cidr)
                .map(s -> ActResults.tree(
                        "id", s.subnetId(), "zone", s.availabilityZone(), "tags", new TreeMap<>(Tags.of(s.tags()))))
                .orElse(Map.of());
    }

    private static Map<String, Object> tag(Writing at, String vpc, Cidr cidr, String key) {
        return find(at, vpc, cidr)
                .map(s -> Tags.of(s.tags()).get(key))
                .map(value -> ActResults.tree("value", value))
                .orElse(Map.of());
    }
}
