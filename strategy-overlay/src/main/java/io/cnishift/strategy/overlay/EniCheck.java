package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks of the strategy with network interfaces: those it shares with the overlay, and its addresses. */
final class EniCheck {

    private final Request request;
    private final View view;
    private final boolean prefixes;
    private final EniAssessment assessment;

    EniCheck(Request request, EniAssessment assessment) {
        this.request = request;
        this.view = request.view();
        this.prefixes = request.options(EniOptions.class).prefixDelegation();
        this.assessment = assessment;
    }

    /** What they find, worst first. */
    List<Finding> findings(List<SubnetBudget> budgets) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> shared = new ArrayList<>(UnknownCheck.check(request));
        shared.addAll(ClusterCheck.check(request));
        shared.addAll(NodeCheck.check(view));
        shared.forEach(f -> findings.add(ofThisStrategy(f)));
        budgets.stream()
                .filter(b -> b.usedAfter() > b.usable() || b.peakDuring() > b.usable())
                .forEach(b -> findings.add(EniCode.NO_ADDRESSES.finding(
                        "subnet " + b.subnet(),
                        "its nodes would hold " + b.usedAfter() + " addresses with everybody else's, " + b.peakDuring()
                                + " while one is replaced, and it has " + b.usable(),
                        "choose a strategy that takes fewer addresses, or give nodes a larger subnet")));
        prefixBlocks(findings);
        podGroups(findings);
        Fleet.nodes(view).stream()
                .map(Node::instanceType)
                .distinct()
                .filter(type -> Fleet.limits(type).isEmpty())
                .forEach(type -> findings.add(EniCode.TYPE_UNKNOWN.finding(
                        "instance type " + type, "its limits are not known here", "compare with max-pods --live")));
        findings.add(EniCode.OPERATOR_RIGHTS.finding(
                "Deployment/kube-system/cilium-operator",
                "it needs EC2 rights to make interfaces and assign addresses",
                "prepare a role for its service account"));
        return findings.stream()
                .map(f -> f.acceptedBy(request.consents()))
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(Finding::code)
                        .thenComparing(Finding::subject))
                .toList();
    }

    private void prefixBlocks(List<Finding> findings) {
        for (AddressUse use : AddressUse.ofNodeSubnets(view)) {
            int needed = assessment.nodesIn(use.subnet().id()).stream()
                    .mapToInt(n -> EniAssessment.limits(n)
                            .map(l -> EniPool.prefixes(
                                    l, Fleet.podsWithAddress(view, n).size(), prefixes))
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

    private void podGroups(List<Finding> findings) {
        int policies = PodGroups.policies(view).size();
        if (policies == 0) {
            return;
        }
        if (request.constraints().contains(Constraint.LOSING_SECURITY_GROUPS_FOR_PODS)) {
            findings.add(ofThisStrategy(ClusterCheck.forbidden(
                    Constraint.LOSING_SECURITY_GROUPS_FOR_PODS,
                    "Cilium in ENI mode gives pods no security groups, and "
                            + Count.of(policies, "policy asks", "policies ask") + " for some")));
        }
        findings.add(EniCode.SECURITY_GROUPS_LOST.finding(
                "security groups for pods",
                Count.of(policies, "SecurityGroupPolicy loses its effect", "SecurityGroupPolicies lose their effect"),
                "let what they open admit the nodes' security groups first, then accept this"));
    }

    private static Finding ofThisStrategy(Finding f) {
        return new Finding(
                f.code(),
                f.severity(),
                f.subject(),
                f.message(),
                f.remedy(),
                f.reference(),
                List.of(EniStrategy.ID),
                f.curedBy(),
                f.accepted(),
                f.suppressed());
    }
}
