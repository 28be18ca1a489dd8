package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SecondaryCidrs;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Vpc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The secondary block and the pod subnet of each zone that custom networking needs. */
record PodSubnets(Optional<Cidr> block, List<Finding> findings) {

    private static final int BLOCK_PREFIX = 16;

    /** The wanted block, or the first that is permitted. */
    static PodSubnets of(Request request, Optional<Cidr> wanted) {
        Vpc vpc = request.snapshot().vpc();
        List<Cidr> own = vpc.cidrs().stream().map(Vpc.CidrBlock::cidr).toList();
        List<Cidr> used = vpc.routed().stream().map(Vpc.RoutedRange::cidr).collect(Collectors.toList());
        used.add(request.snapshot().cluster().serviceCidr());
        List<Finding> findings = new ArrayList<>();
        Optional<Cidr> block = wanted.isPresent() ? wanted : SecondaryCidrs.suggest(own, used, BLOCK_PREFIX);
        String subject = "VPC " + vpc.id();
        wanted.flatMap(c -> SecondaryCidrs.refusal(c, own, used))
                .ifPresent(why -> findings.add(
                        Code.NO_SECONDARY_CIDR.of(subject, why, "give another block with --set podCidr=")));
        if (block.isEmpty()) {
            findings.add(Code.NO_SECONDARY_CIDR.of(
                    subject, "no /16 of 100.64.0.0/10 is free", "give a block with --set podCidr="));
        }
        if (own.size() >= SecondaryCidrs.DEFAULT_QUOTA) {
            findings.add(Code.CIDR_QUOTA.of(
                    subject, "it has " + own.size() + " CIDR blocks", "ask for a higher quota (L-83CA0A9D)"));
        }
        return new PodSubnets(block, findings);
    }

    /** One new subnet per zone that has nodes, an equal share of the block each. */
    List<SubnetBudget> budgets(List<AddressUse> nodeSubnets, ToIntFunction<String> heldAfter) {
        TreeMap<String, Integer> perZone = new TreeMap<>();
        nodeSubnets.forEach(u -> perZone.merge(
                u.subnet().availabilityZone(), heldAfter.applyAsInt(u.subnet().id()), Integer::sum));
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(0, perZone.size() - 1));
        List<SubnetBudget> budgets = new ArrayList<>();
        List<String> zones =
                perZone.keySet().stream().sorted(Comparator.naturalOrder()).toList();
        block.ifPresent(b -> {
            int prefix = Math.min(SubnetMath.LONGEST_PREFIX, b.prefix() + bits);
            for (int i = 0; i < zones.size(); i++) {
                Cidr share = b.nth(prefix, i);
                int after = perZone.getOrDefault(zones.get(i), 0);
                int usable = Math.toIntExact(SubnetMath.usable(share));
                budgets.add(new SubnetBudget(share.toString(), zones.get(i), share, usable, 0, after, after));
            }
        });
        return budgets;
    }
}
