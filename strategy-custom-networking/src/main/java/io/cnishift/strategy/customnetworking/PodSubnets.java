package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The block for pods and the subnet of each zone in it.
 *
 * @param block empty where none is permitted, or the wanted one is refused
 * @param associated whether the VPC has it already
 * @param there subnets of an earlier run, by zone; empty where they are to be made
 */
record PodSubnets(
        View view, Optional<Cidr> block, boolean associated, SortedMap<String, Cidr> there, List<Finding> findings) {

    /** Subnets of a VPC without a raised quota. */
    private static final int DEFAULT_QUOTA = 200;

    PodSubnets {
        there = Collections.unmodifiableSortedMap(new TreeMap<>(there));
        findings = List.copyOf(findings);
    }

    /** None, for nothing is to be made. */
    static PodSubnets none(View view) {
        return new PodSubnets(view, Optional.empty(), false, Collections.emptySortedMap(), List.of());
    }

    /** The block of the pod subnet of each zone that has nodes, an equal share each. */
    SortedMap<String, Cidr> shares() {
        return there.isEmpty() ? toMake() : there;
    }

    /** Those of them that are not there. */
    SortedMap<String, Cidr> toMake() {
        if (!there.isEmpty()) {
            return Collections.emptySortedMap();
        }
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

    /** Those that have nodes, in order. */
    static List<String> zones(View view) {
        return AddressUse.ofNodeSubnets(view).stream()
                .map(u -> u.subnet().availabilityZone())
                .distinct()
                .sorted()
                .toList();
    }

    /** These subnets, of which the nodes of each zone take so many addresses. */
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
                    int now = used(e.getValue());
                    int most = Math.max(now, after);
                    return new SubnetBudget(
                            e.getValue().toString(), e.getKey(), e.getValue(), usable, now, most, after);
                })
                .toList();
    }

    private int used(Cidr block) {
        return AddressUse.of(view).stream()
                .filter(use -> use.subnet().cidr().equals(block))
                .mapToInt(AddressUse::used)
                .sum();
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

    /** What stands against making them: zones whose route table is unknown, and the quota of subnets. */
    List<Finding> obstacles() {
        List<Finding> findings = new ArrayList<>(unrouted());
        int then = view.subnets().size() + toMake().size();
        if (!toMake().isEmpty() && then > DEFAULT_QUOTA) {
            findings.add(Code.SUBNET_QUOTA.of(
                    "VPC " + view.vpc().id(),
                    "it would have " + then + " subnets, and " + DEFAULT_QUOTA + " are allowed by default",
                    "delete some, or ask for a higher quota (L-407747CB) and accept this once it is granted"));
        }
        return findings;
    }

    private List<Finding> unrouted() {
        return toMake().keySet().stream()
                .filter(zone -> routeTable(zone).isEmpty())
                .map(zone -> Code.UNKNOWN.of(
                        "route table of the nodes in " + zone,
                        "it could not be read, and a subnet with another one would lead elsewhere",
                        "read the cluster with permission for ec2:DescribeRouteTables"))
                .toList();
    }

    /** Node subnets whose default route leads to an internet gateway: a pod has no public address. */
    static List<Subnet> publicNodeSubnets(View view) {
        return AddressUse.ofNodeSubnets(view).stream()
                .map(AddressUse::subnet)
                .filter(s -> view.wayOut(s)
                        .filter(gateway -> gateway.startsWith("igw-"))
                        .isPresent())
                .toList();
    }
}
