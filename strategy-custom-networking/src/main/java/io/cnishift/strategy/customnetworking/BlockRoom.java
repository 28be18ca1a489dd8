package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Count;
import io.cnishift.api.step.ReservePrefixes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The free /28 blocks of subnets from which nodes are to hold some: whether they are enough, and which of them are kept.
 *
 * <p>A single address that anybody takes meanwhile, a new node's own one too, breaks a block. Where a subnet is fragmented, so
 * that most of its free addresses lie in broken blocks, the whole ones are reserved for prefixes first. EC2 then takes single
 * addresses from the broken ones, and the nodes that a way back brings find there the addresses that they had.
 *
 * @param needed by id of a subnet, what nodes need of it
 * @param reserve whether ranges may be reserved
 */
record BlockRoom(View view, SortedMap<String, Need> needed, boolean reserve) {

    /** That many nodes hold blocks of a subnet, so many at the most at one time. */
    record Need(int nodes, int blocks) {

        @Override
        public String toString() {
            return "its " + nodes + " nodes need " + blocks;
        }
    }

    BlockRoom {
        Objects.requireNonNull(view);
        needed = Collections.unmodifiableSortedMap(new TreeMap<>(needed));
    }

    /** Those of a plan: a constraint that forbids changes of the VPC forbids to reserve as well. */
    static BlockRoom of(Request request, boolean reserve, SortedMap<String, Need> needed) {
        return new BlockRoom(
                request.view(), needed, reserve && !request.constraints().contains(Constraint.VPC_CHANGES));
    }

    /** Subnets whose blocks are too few or not known, and those of which ranges are kept. */
    List<Finding> findings() {
        return Stream.concat(subnets().flatMap(this::shortage), subnets().flatMap(this::kept))
                .toList();
    }

    /** The phase that reserves ranges; none where there is nothing to reserve. */
    List<Phase> phases() {
        List<Step> steps = subnets()
                .filter(s -> !ranges(s).isEmpty())
                .map(s -> StepDraft.of(
                        "reserve-" + s.id(),
                        new ReservePrefixes(s.cidr(), ranges(s), need(s).blocks()),
                        "single addresses would break the whole blocks that are left, and each node needs some of them",
                        List.of(Part.SUBNETS + "/" + s.id()),
                        "the ranges are given back once the nodes hold no blocks any more"))
                .toList();
        return steps.isEmpty() ? List.of() : List.of(new Phase("reserve-prefixes", steps));
    }

    private Need need(Subnet subnet) {
        return needed.getOrDefault(subnet.id(), new Need(0, 0));
    }

    private Stream<Subnet> subnets() {
        return needed.keySet().stream().flatMap(id -> view.subnet(id).stream());
    }

    private Stream<Finding> shortage(Subnet subnet) {
        OptionalInt free = subnet.freePrefixBlocks();
        if (free.isEmpty() && need(subnet).blocks() > 0) {
            return Stream.of(Code.UNKNOWN.of(
                    "subnet " + subnet.id(),
                    "its free /28 blocks are not read; " + need(subnet),
                    "read the cluster again with the IAM action ec2:DescribeNetworkInterfaces allowed"));
        }
        return free.orElse(0) >= need(subnet).blocks()
                ? Stream.empty()
                : Stream.of(
                        Code.NO_PREFIX.of(
                                "subnet " + subnet.id(),
                                subnet.cidr() + " has " + free.orElse(0) + " free /28 blocks, " + need(subnet),
                                "reserve a range for prefixes with 'aws ec2 create-subnet-cidr-reservation' and plan again as it empties,"
                                        + " or plan custom-networking with --set prefixes=true, whose pods have subnets of their own"));
    }

    private Stream<Finding> kept(Subnet subnet) {
        List<Cidr> ranges = ranges(subnet);
        long blocks = blocks(ranges);
        return ranges.isEmpty()
                ? Stream.empty()
                : Stream.of(Code.PREFIXES_KEPT.of(
                        "subnet " + subnet.id(),
                        Count.of(blocks, "free /28 block") + " of " + subnet.cidr() + " in "
                                + Count.of(ranges.size(), "range") + " are kept for prefixes, of which "
                                + need(subnet) + "; "
                                + (subnet.freeAddresses() - blocks * MaxPods.PER_PREFIX)
                                + " free addresses are left to everybody else",
                        "give --set reserve=false where others need that room, and in a subnet that another account shares, which may reserve alone; a"
                                + " block that is broken meanwhile is missed then"));
    }

    /** What is reserved of a subnet: its free blocks, unless it is whole for the most part or enough of them are kept already. */
    private List<Cidr> ranges(Subnet subnet) {
        if (!reserve || need(subnet).blocks() == 0 || subnet.freePrefixBlocks().isEmpty()) {
            return List.of();
        }
        List<String> addresses = new ArrayList<>();
        List<Cidr> taken = new ArrayList<>();
        view.interfacesIn(subnet.id()).forEach(i -> {
            addresses.addAll(i.addresses());
            taken.addAll(i.prefixes());
        });
        subnet.reservations().forEach(r -> taken.add(r.cidr()));
        List<Cidr> ranges = SubnetMath.freePrefixRanges(subnet.cidr(), addresses, taken);
        long blocks = blocks(ranges);
        boolean fragmented = 2 * blocks * MaxPods.PER_PREFIX < subnet.freeAddresses();
        boolean enough =
                subnet.freePrefixBlocks().getAsInt() - blocks >= need(subnet).blocks();
        return fragmented && !enough ? ranges : List.of();
    }

    private static long blocks(List<Cidr> ranges) {
        return ranges.stream().mapToLong(r -> r.size() / MaxPods.PER_PREFIX).sum();
    }
}
