package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Rules about who may talk to whom, which Cilium reads in its own way: network policies and security groups for pods. */
final class PolicyCheck {

    private static final List<String> ENGINES = List.of("calico-node", "antrea-agent", "kube-router", "weave-net");

    private static final String MODE = "POD_SECURITY_GROUP_ENFORCING_MODE";

    private PolicyCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        podGroups(draft.site(), findings);
        Collection<NetworkPolicy> policies = draft.site().view().all(Part.NETWORK_POLICIES, NetworkPolicy.class);
        enforcement(draft, policies, findings);
        policies.forEach(p -> blocks(draft, p, findings));
        policies.stream()
                .filter(NetworkPolicy::egress)
                .forEach(p -> identities(draft.site().view(), p, findings));
        return findings;
    }

    private static void podGroups(Site site, List<Finding> findings) {
        int policies = PodGroups.policies(site.view()).size();
        if (policies == 0) {
            return;
        }
        boolean kept = site.options().securityGroupsForPods() == OverlayOptions.PodSecurityGroups.LEAVE;
        if (!kept && site.request().constraints().contains(Constraint.LOSING_SECURITY_GROUPS_FOR_PODS)) {
            findings.add(ClusterCheck.forbidden(
                    Constraint.LOSING_SECURITY_GROUPS_FOR_PODS,
                    (site.overlay() ? "an overlay" : "Cilium in ENI mode") + " gives pods no security groups, and "
                            + Count.of(policies, "policy asks", "policies ask") + " for some"));
        }
        String message = Count.of(policies, "SecurityGroupPolicy selects ", "SecurityGroupPolicies select ")
                + PodGroups.described(site.view());
        Code code = switch (site.options().securityGroupsForPods()) {
            case REFUSE -> SiteCode.SECURITY_GROUPS_FOR_PODS;
            case DROP -> SiteCode.SECURITY_GROUPS_LOST;
            case LEAVE -> MoveCode.HYBRID_END;
        };
        String remedy = switch (site.options().securityGroupsForPods()) {
            case REFUSE ->
                "set securityGroupsForPods=drop once the nodes' security groups may reach the same, or =leave to keep their"
                        + " nodes on the VPC CNI";
            case DROP -> "let what these groups open admit the nodes' security groups first, then accept this";
            case LEAVE -> "their nodes stay with the VPC CNI, and new pods of theirs start on such nodes only";
        };
        findings.add(code.finding("security groups for pods", message, remedy));
        if (kept) {
            cutOff(site, findings);
        }
    }

    /** Pods that stay and cannot be routed to those that move. Apart, the two sides do not reach each other anyway. */
    private static void cutOff(Site site, List<Finding> findings) {
        boolean branches = site.vpcCni().filter(cni -> cni.on("ENABLE_POD_ENI")).isPresent();
        boolean standard = site.vpcCni()
                .filter(cni -> "standard".equalsIgnoreCase(cni.env().get(MODE)))
                .isPresent();
        if (site.routed() && branches && !standard) {
            findings.add(OverlayCode.POD_GROUPS_CUT_OFF.finding(
                    FencePhases.AWS_NODE,
                    MODE + " is strict, so the pods that stay would not reach those that move",
                    "set " + MODE + "=standard on aws-node and restart these pods, or set securityGroupsForPods=drop"));
        }
    }

    private static void enforcement(Draft draft, Collection<NetworkPolicy> policies, List<Finding> findings) {
        View view = draft.site().view();
        Optional<Workload> engine = view.workloads().stream()
                .filter(w -> w.kind().equals("DaemonSet") && ENGINES.contains(w.name()))
                .findFirst();
        engine.ifPresent(w -> findings.add(SiteCode.OTHER_POLICY_ENGINE.finding(
                w.key(),
                "it enforces policies beside the CNI, and keeps doing so while Cilium takes over",
                "remove it before the migration, or accept it")));
        if (policies.isEmpty()) {
            return;
        }
        boolean enforced = engine.isPresent() || VpcCni.enforcesPolicies(view);
        Code code = enforced ? SiteCode.NETWORK_POLICIES : SiteCode.NETWORK_POLICIES_BEGIN;
        findings.add(code.finding(
                "network policies",
                Count.of(policies.size(), "NetworkPolicy is ", "NetworkPolicies are ")
                        + (enforced
                                ? "enforced today and not between the fence and the end"
                                : "not enforced today and will be from the end on"),
                enforced
                        ? "accept it, or forbid what matters by other means meanwhile"
                        : "delete those that are not meant, or accept it"));
    }

    private static void blocks(Draft draft, NetworkPolicy policy, List<Finding> findings) {
        List<Cidr> known = new ArrayList<>();
        draft.site().view().vpc().cidrs().stream().map(Vpc.CidrBlock::cidr).forEach(known::add);
        draft.site().options().overlay().map(OverlayOptions::podCidr).ifPresent(known::add);
        known.add(draft.site().view().cluster().serviceCidr());
        List<Cidr> hits = policy.ipBlocks().stream()
                .filter(b -> known.stream().anyMatch(b::overlaps))
                .distinct()
                .toList();
        if (!hits.isEmpty()) {
            findings.add(SiteCode.IP_BLOCK_POLICY.finding(
                    "NetworkPolicy/" + policy.key(),
                    "its blocks " + hits + " hold pods, nodes or Services, which Cilium does not match by address",
                    "select pods and namespaces instead, or set policyCIDRMatchMode=[nodes] for nodes; or accept it"));
        }
    }

    private static void identities(View view, NetworkPolicy policy, List<Finding> findings) {
        List<String> accounts = view.all(Part.POD_IDENTITIES, PodIdentity.class).stream()
                .filter(i -> i.namespace().equals(policy.namespace()))
                .map(PodIdentity::serviceAccount)
                .toList();
        Optional<Pod> pod = view.podsIn(policy.namespace()).stream()
                .filter(p ->
                        accounts.contains(p.serviceAccount()) && Selectors.matches(policy.podSelector(), p.labels()))
                .findFirst();
        pod.ifPresent(p -> findings.add(SiteCode.POD_IDENTITY_POLICY.finding(
                "NetworkPolicy/" + policy.key(),
                "it restricts egress of pods with service account " + p.serviceAccount()
                        + ", which get credentials from the Pod Identity agent",
                "add a CiliumNetworkPolicy with toEntities [host] and TCP 80 for them, or accept it")));
    }
}
