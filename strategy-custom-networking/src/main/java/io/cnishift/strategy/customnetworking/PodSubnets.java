package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SecondaryCidrs;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The block for pods and the subnet of each zone in it.
 *
 * @param block empty where none is permitted, or the wanted one is refused
 * @param associated whether the VPC has it already
 */
record PodSubnets(View view, Optional<Cidr> block, boolean associated, List<Finding> findings) {

    private static final int BLOCK_PREFIX = 16;

    /** States of associations that are listed for a while although the VPC has no such block. */
    private static final Set<String> GONE = Set.of("disassociated", "failed");

    private static final Set<String> SERVING = Set.of("associated", "associating");

    PodSubnets {
        findings = List.copyOf(findings);
    }

    /** The wanted block, or the first that is permitted. One that the VPC has may be wanted too, where no subnet is in it. */
    static PodSubnets of(Request request, Optional<Cidr> wanted) {
        Vpc vpc = request.snapshot().vpc();
        List<Cidr> own = vpc.cidrs().stream()
                .filter(b -> !GONE.contains(b.state()))
                .map(Vpc.CidrBlock::cidr)
                .toList();
        if (wanted.filter(c -> zones(request.view()).size() > most(c)).isPresent()) {
            return refused(request.view(), List.of(tooSmall(request.view(), wanted.get())));
        }
        Optional<String> state = wanted.filter(own::contains).flatMap(c -> state(vpc, c));
        if (state.filter(now -> !SERVING.contains(now)).isPresent()) {
            return refused(request.view(), List.of(leaving(wanted.get(), state.get())));
        }
        if (state.isPresent()) {
            return new PodSubnets(request.view(), wanted, true, taken(request.view(), wanted.get()));
        }
        List<Cidr> used = vpc.routed().stream().map(Vpc.RoutedRange::cidr).collect(Collectors.toList());
        used.add(request.snapshot().cluster().serviceCidr());
        List<Finding> findings = new ArrayList<>();
        Optional<Cidr> block = wanted.isPresent() ? wanted : SecondaryCidrs.suggest(own, used, BLOCK_PREFIX);
        String subject = "VPC " + vpc.id();
        Optional<String> refusal = wanted.flatMap(c -> SecondaryCidrs.refusal(c, own, used));
        refusal.ifPresent(why -> findings.add(
                Code.NO_SECONDARY_CIDR.of(subject, why, "give another block with --set podCidr=")));
        if (block.isEmpty()) {
            findings.add(Code.NO_SECONDARY_CIDR.of(
                    subject, "no /16 of 100.64.0.0/10 is free", "give a block with --set podCidr="));
        }
        if (own.size() >= SecondaryCidrs.DEFAULT_QUOTA) {
            findings.add(Code.CIDR_QUOTA.of(
                    subject, "it has " + own.size() + " CIDR blocks", "ask for a higher quota (L-83CA0A9D)"));
        }
        return refusal.isPresent()
                ? refused(request.view(), findings)
                : new PodSubnets(request.view(), block, false, findings);
    }

    /** None, for the findings say why the block cannot be shared out. */
    private static PodSubnets refused(View view, List<Finding> findings) {
        return new PodSubnets(view, Optional.empty(), false, findings);
    }

    /** None, for nothing is to be made. */
    static PodSubnets none(View view) {
        return new PodSubnets(view, Optional.empty(), false, List.of());
    }

    /** How many subnets there are in a block at most; what is no block of a VPC is refused for that. */
    private static long most(Cidr block) {
        return SubnetMath.allowedSize(block.prefix())
                ? 1L << (SubnetMath.LONGEST_PREFIX - block.prefix())
                : Long.MAX_VALUE;
    }

    private static Optional<String> state(Vpc vpc, Cidr block) {
        return vpc.cidrs().stream()
                .filter(b -> b.cidr().equals(block) && !GONE.contains(b.state()))
                .map(Vpc.CidrBlock::state)
                .findFirst();
    }

    private static Finding leaving(Cidr block, String state) {
        return Code.NO_SECONDARY_CIDR.of(
                "block " + block,
                "its association with the VPC is " + state,
                "wait until it is gone, or give another block with --set podCidr=");
    }

    private static Finding tooSmall(View view, Cidr block) {
        return Code.BLOCK_TOO_SMALL.of(
                "block " + block,
                "it has " + most(block) + " subnets of /" + SubnetMath.LONGEST_PREFIX + ", and nodes are in "
                        + zones(view).size() + " zones",
                "give a larger block with --set podCidr=");
    }

    private static List<Finding> taken(View view, Cidr block) {
        return view.subnets().stream()
                .filter(s -> s.cidr().overlaps(block))
                .findFirst()
                .map(s -> Code.NO_SECONDARY_CIDR.of(
                        "block " + block,
                        "subnet " + s.id() + " lies in it",
                        "give another block with --set podCidr=, or tag the subnet"))
                .stream()
                .toList();
    }

    /** The block of the pod subnet of each zone that has nodes, an equal share each. */
    SortedMap<String, Cidr> shares() {
        List<String> zones = zones(view);
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(0, zones.size() - 1));
        SortedMap<String, Cidr> shares = new TreeMap<>();
        block.ifPresent(b -> {
            for (int i = 0; i < zones.size(); i++) {
                shares.put(zones.get(i), b.nth(b.prefix() + bits, i));
            }
        });
        return shares;
    }

    private static List<String> zones(View view) {
        return AddressUse.ofNodeSubnets(view).stream()
                .map(u -> u.subnet().availabilityZone())
                .distinct()
                .sorted()
                .toList();
    }

    /** The new subnets, of which the nodes of each zone take so many addresses. */
    List<SubnetBudget> budgets(ToIntFunction<String> heldAfter) {
        Map<String, Integer> perZone = new TreeMap<>();
        AddressUse.ofNodeSubnets(view)
                .forEach(u -> perZone.merge(
                        u.subnet().availabilityZone(),
                        heldAfter.applyAsInt(u.subnet().id()),
                        Integer::sum));
        return shares().entrySet().stream()
                .map(e -> {
                    int after = perZone.getOrDefault(e.getKey(), 0);
                    int usable = Math.toIntExact(SubnetMath.usable(e.getValue()));
                    return new SubnetBudget(e.getValue().toString(), e.getKey(), e.getValue(), usable, 0, after, after);
                })
                .toList();
    }

    /** What the steps that make them touch. */
    String vpc() {
        return Part.VPC + "/" + view.vpc().id();
    }

    /** The route table of the nodes of a zone, which the pod subnet there gets too. */
    Optional<String> routeTable(String zone) {
        return AddressUse.ofNodeSubnets(view).stream()
                .map(AddressUse::subnet)
                .filter(s -> s.availabilityZone().equals(zone))
                .flatMap(s -> s.routeTable().stream())
                .findFirst();
    }

    /** Zones whose route table is unknown, as findings. */
    List<Finding> unrouted() {
        return shares().keySet().stream()
                .filter(zone -> routeTable(zone).isEmpty())
                .map(zone -> Code.UNKNOWN.of(
                        "route table of the nodes in " + zone,
                        "it could not be read, and a subnet with another one would lead elsewhere",
                        "read the cluster with permission for ec2:DescribeRouteTables"))
                .toList();
    }

    /** Node subnets whose default route leads to an internet gateway: a pod has no public address. */
    List<Subnet> publicNodeSubnets() {
        return AddressUse.ofNodeSubnets(view).stream()
                .map(AddressUse::subnet)
                .filter(s -> view.wayOut(s)
                        .filter(gateway -> gateway.startsWith("igw-"))
                        .isPresent())
                .toList();
    }
}
