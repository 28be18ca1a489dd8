package io.cnishift.simulator.aws;

import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.act.DeleteSubnetTag;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Subnets, made and deleted at once. A new one lies in an associated block, overlaps none, and has the main route table until it
 * gets another; one with a network interface in it is not deleted.
 */
public final class SubnetApi implements Behaviour {

    @Override
    public String id() {
        return "subnet-api";
    }

    @Override
    public String source() {
        return "AWS SDK: ec2 CreateSubnet, DeleteSubnet, AssociateRouteTable, CreateTags, DeleteTags; EC2 error codes";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Acts acts = AwsApi.acts(kernel);
        acts.on(CreateSubnet.class, a -> before(cloud, a.cidr()), a -> create(cloud, a));
        acts.on(DeleteSubnet.class, a -> before(cloud, a.cidr()), a -> delete(cloud, a));
        acts.on(AssociateRouteTable.class, a -> routing(cloud, a.subnet()), a -> associate(cloud, a));
        acts.on(
                CreateSubnetTag.class,
                a -> tag(cloud, a.subnet(), a.key()),
                a -> tagged(cloud, a.subnet(), tags -> with(tags, a.key(), Optional.of(a.value()))));
        acts.on(
                DeleteSubnetTag.class,
                a -> tag(cloud, a.subnet(), a.key()),
                a -> tagged(cloud, a.subnet(), tags -> with(tags, a.key(), Optional.empty())));
        checks(cloud, acts);
    }

    /** A dry run looks at rights, of which all are there, and at what is named by an id; not at what comes of it. */
    private static void checks(Cloud cloud, Acts acts) {
        acts.checked(CreateSubnet.class, a -> Optional.of(VpcBlocks.there(cloud, a.vpc())));
        acts.checked(DeleteSubnet.class, a -> Optional.of(Acts.done()));
        acts.checked(
                AssociateRouteTable.class,
                a -> Optional.of(unassociable(cloud, a).orElseGet(Acts::done)));
        acts.checked(CreateSubnetTag.class, a -> Optional.of(there(cloud, a.subnet())));
        acts.checked(DeleteSubnetTag.class, a -> Optional.of(there(cloud, a.subnet())));
    }

    static ActResult there(Cloud cloud, Cidr cidr) {
        return find(cloud, cidr).map(subnet -> Acts.done()).orElseGet(() -> noSubnet(cidr));
    }

    static ActResult noSubnet(Cidr cidr) {
        return Acts.no(Reason.GONE, "InvalidSubnetID.NotFound: there is no subnet " + cidr);
    }

    private static ActResult create(Cloud cloud, CreateSubnet act) {
        Optional<Subnet> there = find(cloud, act.cidr());
        if (there.isPresent()) {
            boolean same = there.get().tags().entrySet().containsAll(act.tags().entrySet());
            return same
                    ? Acts.done("subnet", there.get().id())
                    : Acts.no(
                            Reason.EXISTS,
                            "InvalidSubnet.Conflict: subnet " + there.get().id() + " has " + act.cidr());
        }
        boolean inBlock = cloud.view().vpc().cidrs().stream()
                .anyMatch(b -> b.state().equals("associated") && b.cidr().contains(act.cidr()));
        if (!inBlock || !SubnetMath.allowedSize(act.cidr().prefix())) {
            return Acts.no(Reason.INVALID, "InvalidSubnet.Range: the CIDR " + act.cidr() + " is invalid");
        }
        if (cloud.view().subnets().stream().anyMatch(s -> s.cidr().overlaps(act.cidr()))) {
            return Acts.no(
                    Reason.INVALID,
                    "InvalidSubnet.Conflict: the CIDR " + act.cidr() + " conflicts with another subnet");
        }
        Subnet made = made(cloud, act);
        cloud.put(made);
        return Acts.done("subnet", made.id());
    }

    private static Subnet made(Cloud cloud, CreateSubnet act) {
        int free = Math.toIntExact(SubnetMath.usable(act.cidr()));
        int blocks = Math.max(0, (1 << Math.max(0, 28 - act.cidr().prefix())) - 2);
        return new Subnet(
                cloud.ids().next("subnet"),
                act.tags().getOrDefault("Name", ""),
                act.zone(),
                act.cidr(),
                free,
                OptionalInt.of(blocks),
                tables(cloud).stream()
                        .filter(RouteTable::main)
                        .map(RouteTable::id)
                        .findFirst(),
                false,
                List.of(),
                act.tags());
    }

    private static ActResult delete(Cloud cloud, DeleteSubnet act) {
        Optional<Subnet> there = find(cloud, act.cidr());
        if (there.isEmpty()) {
            return Acts.done();
        }
        String id = there.get().id();
        if (!cloud.view().interfacesIn(id).isEmpty()) {
            return Acts.no(
                    Reason.BUSY, "DependencyViolation: the subnet '" + id + "' has dependencies and cannot be deleted");
        }
        tables(cloud).forEach(t -> cloud.put(serving(t, id, false)));
        cloud.remove(Part.SUBNETS, id);
        return Acts.done();
    }

    private static Optional<ActResult> unassociable(Cloud cloud, AssociateRouteTable act) {
        if (find(cloud, act.subnet()).isEmpty()) {
            return Optional.of(noSubnet(act.subnet()));
        }
        return cloud.view()
                        .get(Part.ROUTE_TABLES, RouteTable.class, act.routeTable())
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Acts.no(
                        Reason.GONE, "InvalidRouteTableID.NotFound: there is no route table " + act.routeTable()));
    }

    private static ActResult associate(Cloud cloud, AssociateRouteTable act) {
        Optional<ActResult> unnamed = unassociable(cloud, act);
        if (unnamed.isPresent()) {
            return unnamed.get();
        }
        Subnet subnet = find(cloud, act.subnet()).orElseThrow();
        Optional<String> own = tables(cloud).stream()
                .filter(t -> t.subnets().contains(subnet.id()))
                .map(RouteTable::id)
                .findFirst();
        if (own.filter(id -> !id.equals(act.routeTable())).isPresent()) {
            return Acts.no(
                    Reason.EXISTS, "Resource.AlreadyAssociated: " + subnet.id() + " has route table " + own.get());
        }
        tables(cloud).forEach(t -> cloud.put(serving(t, subnet.id(), t.id().equals(act.routeTable()))));
        cloud.put(copy(subnet, Optional.of(act.routeTable()), subnet.tags()));
        return Acts.done();
    }

    private static ActResult tagged(Cloud cloud, Cidr cidr, Function<Map<String, String>, Map<String, String>> change) {
        Optional<Subnet> there = find(cloud, cidr);
        if (there.isEmpty()) {
            return Acts.no(Reason.GONE, "InvalidID: there is no subnet " + cidr);
        }
        Subnet old = there.get();
        cloud.put(copy(old, old.routeTable(), change.apply(old.tags())));
        return Acts.done();
    }

    private static Map<String, String> with(Map<String, String> tags, String key, Optional<String> value) {
        Map<String, String> now = new HashMap<>(tags);
        now.remove(key);
        value.ifPresent(v -> now.put(key, v));
        return now;
    }

    private static RouteTable serving(RouteTable table, String subnet, boolean serves) {
        List<String> subnets = new ArrayList<>(table.subnets());
        subnets.remove(subnet);
        if (serves) {
            subnets.add(subnet);
        }
        return new RouteTable(table.id(), table.main(), subnets, table.routes());
    }

    private static Subnet copy(Subnet old, Optional<String> routeTable, Map<String, String> tags) {
        return new Subnet(
                old.id(),
                old.name(),
                old.availabilityZone(),
                old.cidr(),
                old.freeAddresses(),
                old.freePrefixBlocks(),
                routeTable,
                old.publicAddresses(),
                old.reservations(),
                tags,
                old.ipv6());
    }

    private static List<RouteTable> tables(Cloud cloud) {
        return List.copyOf(cloud.view().all(Part.ROUTE_TABLES, RouteTable.class));
    }

    static Optional<Subnet> find(Cloud cloud, Cidr cidr) {
        return cloud.view().subnets().stream()
                .filter(s -> s.cidr().equals(cidr))
                .findFirst();
    }

    private static Map<String, Object> before(Cloud cloud, Cidr cidr) {
        return find(cloud, cidr)
                .map(s -> Trees.of("id", s.id(), "zone", s.availabilityZone(), "tags", new TreeMap<>(s.tags())))
                .orElse(Map.of());
    }

    private static Map<String, Object> routing(Cloud cloud, Cidr cidr) {
        return find(cloud, cidr)
                .flatMap(Subnet::routeTable)
                .map(table -> Trees.of("routeTable", table))
                .orElse(Map.of());
    }

    private static Map<String, Object> tag(Cloud cloud, Cidr cidr, String key) {
        return find(cloud, cidr)
                .map(s -> s.tags().get(key))
                .map(value -> Trees.of("value", value))
                .orElse(Map.of());
    }
}
