package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Count;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.GroupDraft;
import io.cnishift.api.roll.Names;
import io.cnishift.api.roll.PodTargets;
import io.cnishift.cilium.EniInput;
import io.cnishift.cilium.EniPool;
import io.cnishift.cilium.EniRights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Cilium needs to manage network interfaces: addresses, places on interfaces, rights; and what pods see of it. */
final class EniCheck {

    private static final String OPERATOR = "Deployment/kube-system/cilium-operator";

    private final Draft draft;
    private final Site site;
    private final boolean prefixes;
    private final List<Finding> findings = new ArrayList<>();

    private EniCheck(Draft draft) {
        this.draft = draft;
        site = draft.site();
        prefixes =
                site.options().interfaces().filter(EniOptions::prefixDelegation).isPresent();
    }

    static List<Finding> check(Draft draft) {
        EniCheck check = new EniCheck(draft);
        check.addresses();
        check.blocks();
        check.places();
        check.types();
        check.findings.add(check.operator());
        check.seenFrom();
        check.targets();
        return check.findings;
    }

    /** One finding for all subnets: none of them helps as long as another is too small. */
    private void addresses() {
        List<SubnetBudget> small = draft.roll().budgets().stream()
                .filter(b -> b.usedAfter() > b.usable() || b.peakDuring() > b.usable())
                .toList();
        if (!small.isEmpty()) {
            findings.add(EniCode.NO_ADDRESSES.finding(
                    small.size() == 1 ? "subnet " + small.get(0).subnet() : Count.of(small.size(), "subnet"),
                    small.stream().map(EniCheck::numbers).collect(Collectors.joining("; ")),
                    "choose a strategy that takes fewer addresses, or give nodes larger subnets"));
        }
    }

    private static String numbers(SubnetBudget b) {
        return b.subnet() + " would hold " + b.usedAfter() + " addresses, " + b.peakDuring()
                + " while nodes are replaced, and has " + b.usable();
    }

    private void blocks() {
        for (AddressUse use : AddressUse.ofNodeSubnets(site.view())) {
            int needed = site.roll().fleet().nodesIn(use.subnet().id()).stream()
                    .mapToInt(n -> Fleet.limits(n.instanceType())
                            .map(l -> EniPool.prefixes(
                                    l, Fleet.podsWithAddress(site.view(), n).size(), prefixes))
                            .orElse(0))
                    .sum();
            int free = use.subnet().freePrefixBlocks().orElse(0);
            if (needed > free) {
                findings.add(EniCode.NO_PREFIXES.finding(
                        "subnet " + use.subnet().id(),
                        Count.of(needed, "block of 16 addresses is", "blocks of 16 addresses are") + " needed and "
                                + free
                                + (free == 1 ? " is free" : " are free")
                                + (use.subnet().freePrefixBlocks().isPresent() ? "" : " for certain (not read)"),
                        "leave prefixDelegation=false, or give nodes a subnet without single addresses"));
            }
        }
    }

    /** A node that admits more pods than its interfaces carry leaves the last of them without an address. */
    private void places() {
        for (GroupDraft group : draft.groups()) {
            int carried = EniPool.maxPods(group.old(), group.nodes(), prefixes);
            if (group.maxPods() > carried) {
                findings.add(EniCode.MORE_PODS_THAN_PLACES.finding(
                        "node group " + group.name(),
                        "its new nodes admit " + group.maxPods() + " pods, and their interfaces carry " + carried,
                        group.hasTemplate() || group.ofKarpenter()
                                ? "set a maxPods of " + carried + " or lower"
                                : "give it a launch template of its own, in which the number can be set"));
            }
        }
        int moving = draft.groups().stream()
                .flatMap(g -> g.nodes().stream())
                .filter(n -> !draft.roll().remains(n))
                .mapToInt(n -> site.view().podsOn(n.name()).size())
                .sum();
        int places = draft.groups().stream()
                .mapToInt(g -> g.maxPods()
                        * (int) g.nodes().stream()
                                .filter(n -> !draft.roll().remains(n))
                                .count())
                .sum();
        if (moving > places) {
            findings.add(EniCode.NO_PLACES.finding(
                    "all node groups",
                    "their nodes have " + Count.of(moving, "pod") + ", and as many new ones admit " + places,
                    "set prefixDelegation=true, or add nodes first"));
        }
    }

    private void types() {
        site.nodes().stream()
                .map(Node::instanceType)
                .distinct()
                .filter(type -> Fleet.limits(type).isEmpty())
                .forEach(type -> findings.add(EniCode.TYPE_UNKNOWN.finding(
                        "instance type " + type, "its limits are not known here", "compare with max-pods --live")));
    }

    private Finding operator() {
        OperatorRole role = OperatorRole.of(site);
        String arn = role.arn().orElse("");
        return switch (role.from()) {
            case OPTION ->
                EniCode.OPERATOR_ROLE.finding(
                        OPERATOR, "it assumes " + arn, "see to it that the role admits it and has " + EniRights.ALL);
            case ASSOCIATION ->
                EniCode.OPERATOR_ROLE.finding(
                        OPERATOR,
                        "a Pod Identity association gives it " + arn,
                        "see to it that the role has " + EniRights.ALL);
            case VPC_CNI ->
                EniCode.OPERATOR_RIGHTS.finding(
                        OPERATOR,
                        "it assumes " + arn + ", the role of the VPC CNI, whose trust policy admits aws-node only",
                        "let it admit system:serviceaccount:kube-system:cilium-operator too, add "
                                + EniRights.BEYOND_VPC_CNI
                                + " to its policies, and accept this; or name another role with operatorRole");
            case NODE ->
                EniCode.OPERATOR_RIGHTS.finding(
                        OPERATOR,
                        "it acts with the role of its node, which aws-node does too",
                        "see to it that the role has " + EniRights.BEYOND_VPC_CNI
                                + " besides AmazonEKS_CNI_Policy, and accept this; or name a role with operatorRole");
            case NOBODY ->
                EniCode.OPERATOR_ROLE_UNKNOWN.finding(
                        OPERATOR,
                        "aws-node has its rights by Pod Identity, so no role that it could act with is known to have them",
                        "make an association for kube-system/cilium-operator, or name a role with operatorRole; it needs "
                                + EniRights.ALL);
        };
    }

    /** Services whose load balancers send to the addresses of pods that do not wait before they end. */
    private void targets() {
        List<String> hasty = PodTargets.of(site.view()).hasty(site.view());
        if (!hasty.isEmpty()) {
            findings.add(
                    EniCode.TARGETS_END.finding(
                            "ip targets",
                            "requests are lost for some seconds when pods of these Services end: " + Names.some(hasty),
                            "give their pods a preStop hook that waits for 15 seconds, or accept it as with every rollout of theirs"));
        }
    }

    private void seenFrom() {
        Optional<VpcCni> cni = site.vpcCni();
        boolean rewrites = cni.filter(c -> !c.on(FencePhases.EXTERNAL_SNAT)).isPresent();
        if (Egress.masquerade(site) == EniInput.Masquerade.NODE_ADDRESS) {
            findings.add(EniCode.MASQUERADE.finding(
                    "node subnets " + String.join(", ", Egress.publicSubnets(site)),
                    "they lead to an internet gateway, so Cilium rewrites what leaves the VPC to the node's address",
                    "nothing to do"));
        } else if (rewrites) {
            findings.add(
                    EniCode.SOURCE_ADDRESS.finding(
                            FencePhases.AWS_NODE,
                            "what leaves the VPC has the address of its node today and that of its pod afterwards",
                            "let firewalls beyond the VPC admit the ranges of the node subnets, where they admit single nodes"));
        }
        if (cni.filter(c -> c.on("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG")).isPresent()) {
            findings.add(EniCode.POD_SUBNETS_LEFT.finding(
                    FencePhases.AWS_NODE,
                    "pods have subnets and security groups of their own today (ENIConfig), and those of their node"
                            + " afterwards",
                    "let what admits these subnets and groups admit the nodes' too, then accept this"));
        }
    }
}
