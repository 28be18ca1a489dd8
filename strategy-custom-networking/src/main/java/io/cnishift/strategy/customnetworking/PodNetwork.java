package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.AddCidr;
import io.cnishift.api.step.MakeSubnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The steps that make a block and subnets for pods, and what they mean for those who know pods by their range. */
final class PodNetwork {

    private static final Duration LONGEST_RECOGNITION = Duration.ofHours(2);

    private PodNetwork() {}

    /** Refuses a time to notice a block that cannot be meant. */
    static void checkRecognition(Duration recognition) {
        if (recognition.isNegative() || recognition.compareTo(LONGEST_RECOGNITION) > 0) {
            throw new IllegalArgumentException("recognition is 0 to " + LONGEST_RECOGNITION.toSeconds()
                    + " seconds: a control plane takes an hour at most");
        }
    }

    /** The phases before the VPC CNI is told; none where nothing is to be made. */
    static List<Phase> phases(PodSubnets pods, Duration recognition) {
        List<Phase> phases = new ArrayList<>();
        if (!pods.associated()) {
            pods.block()
                    .ifPresent(block -> phases.add(new Phase(
                            "block",
                            List.of(StepDraft.of(
                                    "add-block",
                                    new AddCidr(block, recognition),
                                    "pods need addresses that the VPC does not have; the control plane may take an hour to notice a"
                                            + " block, and calls no webhook in it before",
                                    List.of(pods.vpc()),
                                    "the block is taken from the VPC once no subnet lies in it")))));
        }
        List<Step> subnets = new ArrayList<>();
        pods.toMake()
                .forEach((zone, cidr) -> subnets.add(StepDraft.of(
                        "make-subnet-" + zone,
                        new MakeSubnet(zone, cidr, pods.routeTable(zone).orElse("")),
                        "nodes attach interfaces of subnets of their own zone only; it is routed as their subnet is",
                        List.of(pods.vpc()),
                        "the subnet is deleted once no interface is in it")));
        if (!subnets.isEmpty()) {
            phases.add(new Phase("subnets", subnets));
        }
        return phases;
    }

    /** Security groups that admit the nodes' ranges and not that of the pods. */
    static List<Finding> rules(View view, Cidr pods) {
        List<Cidr> nodes = AddressUse.ofNodeSubnets(view).stream()
                .map(u -> u.subnet().cidr())
                .toList();
        return view.all(Part.SECURITY_GROUPS, SecurityGroup.class).stream()
                .filter(group ->
                        ranges(group).stream().anyMatch(range -> nodes.stream().anyMatch(range::overlaps)))
                .filter(group -> ranges(group).stream().noneMatch(range -> range.contains(pods)))
                .map(group -> Code.RULES_BY_RANGE.of(
                        "security group " + group.id(),
                        "it admits the subnets of the nodes by their range and not " + pods,
                        "add a rule for " + pods + " where pods are to be admitted"))
                .toList();
    }

    /** What it admits by range, of IPv4. */
    private static List<Cidr> ranges(SecurityGroup group) {
        return group.ingress().stream()
                .map(SecurityGroup.Rule::peer)
                .filter(peer -> peer.contains(".") && peer.contains("/"))
                .map(Cidr::parse)
                .toList();
    }
}
