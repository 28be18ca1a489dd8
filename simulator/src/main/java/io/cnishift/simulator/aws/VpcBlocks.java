package io.cnishift.simulator.aws;

import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SecondaryCidrs;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The blocks of the VPC. One more is associated within seconds, and every route table gets a local route to it; EC2 takes none
 * beyond the quota, none that overlaps one of the VPC or that the VPC's ranges forbid, and none that is as large as or larger
 * than the destination of a route. The first block stays, and one in which a subnet lies.
 */
public final class VpcBlocks implements Behaviour {

    private static final Duration ASSOCIATING = Duration.ofSeconds(8);
    private static final Duration DISASSOCIATING = Duration.ofSeconds(8);
    private static final String LOCAL = "local";

    @Override
    public String id() {
        return "vpc-blocks";
    }

    @Override
    public String source() {
        return "AWS SDK: ec2 AssociateVpcCidrBlock, DisassociateVpcCidrBlock; VPC user guide: VPC CIDR blocks, quotas; domain.md 7.2";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Acts acts = AwsApi.acts(kernel);
        acts.on(AssociateCidrBlock.class, a -> before(cloud, a.cidr()), a -> associate(kernel, cloud, a));
        acts.on(DisassociateCidrBlock.class, a -> before(cloud, a.cidr()), a -> disassociate(kernel, cloud, a));
        acts.checked(AssociateCidrBlock.class, a -> Optional.of(there(cloud, a.vpc())));
        acts.checked(DisassociateCidrBlock.class, a -> Optional.of(Acts.done()));
    }

    /** Whether a VPC is that of the cluster, as EC2 answers where it is named. */
    static ActResult there(Cloud cloud, String vpc) {
        return cloud.view().vpc().id().equals(vpc)
                ? Acts.done()
                : Acts.no(Reason.GONE, "InvalidVpcID.NotFound: there is no VPC " + vpc);
    }

    /** When the blocks that came during the simulation were associated. */
    public static final class Young {
        private final Map<Cidr, Instant> since = new TreeMap<>();

        private Young() {}

        /** Those of that world. */
        public static Young of(Kernel kernel) {
            return kernel.shared(Young.class, k -> new Young());
        }

        /** The block with that address, if it is one of them, and since when the VPC has it. */
        public Optional<Map.Entry<Cidr, Instant>> with(String address) {
            return since.entrySet().stream()
                    .filter(e -> e.getKey().contains(address))
                    .findFirst();
        }
    }

    private static ActResult associate(Kernel kernel, Cloud cloud, AssociateCidrBlock act) {
        Vpc vpc = cloud.view().vpc();
        Optional<String> state = state(vpc, act.cidr());
        if (!vpc.id().equals(act.vpc())) {
            return there(cloud, act.vpc());
        }
        if (state.isPresent()) {
            return state.get().equals("disassociating")
                    ? Acts.no(Reason.BUSY, act.cidr() + " is being disassociated")
                    : Acts.done();
        }
        if (vpc.cidrs().size() >= SecondaryCidrs.DEFAULT_QUOTA) {
            return Acts.no(
                    Reason.INVALID,
                    "CidrLimitExceeded: " + vpc.id() + " has the " + SecondaryCidrs.DEFAULT_QUOTA
                            + " CIDR blocks that its quota allows");
        }
        Optional<String> refusal = SecondaryCidrs.refusal(
                        act.cidr(),
                        vpc.cidrs().stream().map(Vpc.CidrBlock::cidr).toList())
                .or(() -> routed(cloud, act.cidr()));
        if (refusal.isPresent()) {
            return Acts.no(Reason.INVALID, "InvalidVpc.Range: " + refusal.get());
        }
        put(cloud, vpc, act.cidr(), Optional.of("associating"));
        kernel.clock().after(ASSOCIATING, () -> {
            put(cloud, cloud.view().vpc(), act.cidr(), Optional.of("associated"));
            Young.of(kernel).since.put(act.cidr(), kernel.clock().now());
            tables(cloud).forEach(t -> cloud.put(withRoute(t, act.cidr())));
        });
        return Acts.done();
    }

    private static ActResult disassociate(Kernel kernel, Cloud cloud, DisassociateCidrBlock act) {
        Vpc vpc = cloud.view().vpc();
        Optional<String> state = state(vpc, act.cidr());
        if (state.filter(s -> !s.equals("disassociating")).isEmpty()) {
            return Acts.done();
        }
        if (vpc.cidrs().get(0).cidr().equals(act.cidr())) {
            return Acts.no(
                    Reason.INVALID, "OperationNotPermitted: " + act.cidr() + " is the primary block of " + vpc.id());
        }
        if (cloud.view().subnets().stream().anyMatch(s -> act.cidr().contains(s.cidr()))) {
            return Acts.no(
                    Reason.BUSY,
                    "InvalidCidrBlock.InUse: " + vpc.id() + " has a subnet within CIDR block " + act.cidr());
        }
        put(cloud, vpc, act.cidr(), Optional.of("disassociating"));
        kernel.clock().after(DISASSOCIATING, () -> {
            put(cloud, cloud.view().vpc(), act.cidr(), Optional.empty());
            Young.of(kernel).since.remove(act.cidr());
            tables(cloud).forEach(t -> cloud.put(withoutRoute(t, act.cidr())));
        });
        return Acts.done();
    }

    /** A block may not be as large as or larger than what a route leads elsewhere. */
    private static Optional<String> routed(Cloud cloud, Cidr block) {
        return tables(cloud).stream()
                .flatMap(t -> t.routes().stream())
                .filter(r -> !r.target().equals(LOCAL) && r.destination().matches("[0-9.]+/[0-9]+"))
                .filter(r -> block.contains(Cidr.parse(r.destination())))
                .map(r -> "a route of the VPC leads " + r.destination() + " to " + r.target())
                .findFirst();
    }

    private static void put(Cloud cloud, Vpc vpc, Cidr block, Optional<String> state) {
        List<Vpc.CidrBlock> blocks = new ArrayList<>(vpc.cidrs());
        blocks.removeIf(b -> b.cidr().equals(block));
        state.ifPresent(s -> blocks.add(new Vpc.CidrBlock(block, s)));
        cloud.put(new Vpc(vpc.id(), blocks, vpc.routed()));
    }

    private static RouteTable withRoute(RouteTable table, Cidr block) {
        RouteTable.Route route = new RouteTable.Route(block.toString(), LOCAL);
        return new RouteTable(
                table.id(),
                table.main(),
                table.subnets(),
                Stream.concat(table.routes().stream(), Stream.of(route))
                        .distinct()
                        .toList());
    }

    private static RouteTable withoutRoute(RouteTable table, Cidr block) {
        return new RouteTable(
                table.id(),
                table.main(),
                table.subnets(),
                table.routes().stream()
                        .filter(r -> !(r.destination().equals(block.toString())
                                && r.target().equals(LOCAL)))
                        .toList());
    }

    private static List<RouteTable> tables(Cloud cloud) {
        return List.copyOf(cloud.view().all(Part.ROUTE_TABLES, RouteTable.class));
    }

    private static Optional<String> state(Vpc vpc, Cidr block) {
        return vpc.cidrs().stream()
                .filter(b -> b.cidr().equals(block))
                .map(Vpc.CidrBlock::state)
                .findFirst();
    }

    private static Map<String, Object> before(Cloud cloud, Cidr block) {
        return state(cloud.view().vpc(), block)
                .map(state -> Trees.of("cidr", block.toString(), "state", state))
                .orElse(Map.of());
    }
}
