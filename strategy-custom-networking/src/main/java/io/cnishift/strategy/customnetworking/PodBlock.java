package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SecondaryCidrs;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Chooses the block in which subnets for pods are made. */
final class PodBlock {

    private static final int BLOCK_PREFIX = 16;

    /** States of associations that are listed for a while although the VPC has no such block. */
    private static final Set<String> GONE = Set.of("disassociated", "failed");

    private static final Set<String> SERVING = Set.of("associated", "associating");

    private static final SortedMap<String, Cidr> NONE = Collections.emptySortedMap();

    private PodBlock() {}

    /** The wanted block, or the first that is permitted. One that the VPC has may be wanted too, where no subnet is in it. */
    static PodSubnets choose(Request request, Optional<Cidr> wanted) {
        Vpc vpc = request.snapshot().vpc();
        List<Cidr> own = vpc.cidrs().stream()
                .filter(b -> !GONE.contains(b.state()))
                .map(Vpc.CidrBlock::cidr)
                .toList();
        if (wanted.filter(c -> PodSubnets.zones(request.view()).size() > most(c))
                .isPresent()) {
            return refused(request.view(), List.of(tooSmall(request.view(), wanted.get())));
        }
        Optional<String> state = wanted.filter(own::contains).flatMap(c -> state(vpc, c));
        if (state.filter(now -> !SERVING.contains(now)).isPresent()) {
            return refused(request.view(), List.of(leaving(wanted.get(), state.get())));
        }
        if (state.isPresent()) {
            return new PodSubnets(request.view(), wanted, true, NONE, taken(request.view(), wanted.get()));
        }
        List<Cidr> used = vpc.routed().stream().map(Vpc.RoutedRange::cidr).collect(Collectors.toList());
        used.add(request.snapshot().cluster().serviceCidr());
        List<Finding> findings = new ArrayList<>();
        Optional<Cidr> block = wanted.isPresent() ? wanted : SecondaryCidrs.suggest(own, used, BLOCK_PREFIX);
        String subject = "VPC " + vpc.id();
        Optional<String> refusal = wanted.flatMap(c -> SecondaryCidrs.refusal(c, own, used));
        refusal.ifPresent(
                why -> findings.add(Code.NO_SECONDARY_CIDR.of(subject, why, "give another block with --set podCidr=")));
        if (block.isEmpty()) {
            findings.add(Code.NO_SECONDARY_CIDR.of(
                    subject, "no /16 of 100.64.0.0/10 is free", "give a block with --set podCidr="));
        }
        if (own.size() >= SecondaryCidrs.DEFAULT_QUOTA) {
            findings.add(Code.CIDR_QUOTA.of(
                    subject,
                    "it has " + own.size() + " CIDR blocks, and " + SecondaryCidrs.DEFAULT_QUOTA
                            + " are allowed by default",
                    "ask for a higher quota (L-83CA0A9D) and accept this once it is granted, which a rehearsal does not know of; or"
                            + " name a block that the VPC has and no subnet lies in with --set podCidr="));
        }
        return refusal.isPresent()
                ? refused(request.view(), findings)
                : new PodSubnets(request.view(), block, false, NONE, findings);
    }

    /** None, for the findings say why the block cannot be shared out. */
    private static PodSubnets refused(View view, List<Finding> findings) {
        return new PodSubnets(view, Optional.empty(), false, NONE, findings);
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
                        + PodSubnets.zones(view).size() + " zones",
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
}
