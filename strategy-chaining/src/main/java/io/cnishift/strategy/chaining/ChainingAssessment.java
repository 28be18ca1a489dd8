package io.cnishift.strategy.chaining;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.PodRoom;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Count;
import io.cnishift.cilium.Kernel;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.Presence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What chaining gives and costs on one cluster. */
final class ChainingAssessment {

    /** What is counted here or judged. */
    private static final Set<Part> NEEDED = EnumSet.of(
            Part.CLUSTER,
            Part.SUBNETS,
            Part.INSTANCES,
            Part.NODES,
            Part.PODS,
            Part.WORKLOADS,
            Part.ADDONS,
            Part.CONFIG_MAPS);

    private final View view;
    private final List<Finding> findings = new ArrayList<>();

    private ChainingAssessment(View view) {
        this.view = view;
    }

    static Assessment of(Request request) {
        ChainingAssessment assessment = new ChainingAssessment(request.view());
        assessment.findings.addAll(Code.unread(request, NEEDED));
        assessment.cluster();
        assessment.vpcCni();
        assessment.nodes();
        assessment.policies();
        PodGroups.finding(request.view()).ifPresent(assessment.findings::add);
        assessment.laterNodes();
        assessment.addresses();
        ChainingOptions options = request.options(ChainingOptions.class);
        assessment.findings.addAll(new Restarts(request.view()).findings(options));
        assessment.findings.addAll(Chart.of(request, options).findings());
        return assessment.result();
    }

    private void cluster() {
        Cluster cluster = view.cluster();
        String subject = "cluster " + cluster.name();
        if (cluster.autoMode()) {
            add(Code.AUTO_MODE, subject, "EKS Auto Mode is on", "choose new-cluster, with Auto Mode off");
        }
        if (cluster.ipFamily() == Cluster.IpFamily.IPV6) {
            add(Code.IPV6, subject, "its address family is IPv6", "try it on a cluster that serves nobody");
        }
        if (!cluster.fargateProfiles().isEmpty()) {
            add(
                    Code.FARGATE,
                    subject,
                    "it has Fargate profiles " + String.join(", ", cluster.fargateProfiles()),
                    "move workloads that need policies to EC2 nodes");
        }
        add(
                Code.NO_RELIEF,
                subject,
                "addresses and pod slots stay as they are",
                "choose another way if they are short");
    }

    private void vpcCni() {
        Presence.of(view)
                .ifPresent(what -> add(
                        Code.CILIUM_PRESENT,
                        what,
                        "Cilium is in the cluster already",
                        "remove it first; if a migration by cnishift stopped here, resume it"));
        Optional<VpcCni> cni = VpcCni.of(view);
        if (cni.isEmpty()) {
            add(
                    Code.NO_VPC_CNI,
                    "cluster " + view.cluster().name(),
                    "there is no DaemonSet kube-system/aws-node",
                    "chaining is for clusters that use the VPC CNI");
        }
        cni.filter(c -> !c.atLeast("1.11.2"))
                .ifPresent(c -> add(
                        Code.CNI_TOO_OLD,
                        "VPC CNI " + c.version(),
                        "chaining needs 1.11.2 or later",
                        "update the VPC CNI, one minor version at a time"));
        PolicyAgent agent = PolicyAgent.of(view);
        if (agent.pauses()) {
            add(
                    Code.POLICY_PAUSE,
                    "add-on vpc-cni",
                    "its agent enforces " + Count.of(agent.policies().size(), "NetworkPolicy", "NetworkPolicies")
                            + ", which are withdrawn in phase policy-agent and come back at the end",
                    "accept it when nothing relies on them for that time, or close the ways by security groups meanwhile");
        } else if (!agent.byAddon() && VpcCni.enforcesPolicies(view)) {
            add(
                    Code.POLICY_AGENT,
                    "ConfigMap kube-system/amazon-vpc-cni",
                    "the VPC CNI enforces network policies",
                    "set the flag of its agent and the ConfigMap to false, and wait for aws-node");
        }
    }

    private void nodes() {
        view.nodes().stream()
                .filter(Node::linux)
                .filter(n -> !Kernel.suits(n.kernel()))
                .forEach(n -> add(
                        Code.KERNEL_TOO_OLD,
                        "Node " + n.name(),
                        n.kernel().isEmpty() ? "its kernel is not known" : "its kernel is " + n.kernel(),
                        "replace it by a node with an AMI of kernel 5.10 or later"));
    }

    private void policies() {
        int policies = view.all(Part.NETWORK_POLICIES, NetworkPolicy.class).size();
        if (policies > 0) {
            add(
                    Code.POLICIES_BEGIN,
                    "network policies",
                    Count.of(policies, "NetworkPolicy is", "NetworkPolicies are")
                            + " enforced by Cilium from the end of the migration on",
                    "delete those that are not meant, or accept it");
        }
    }

    /** On a node that joins, aws-node is often ready before the agent is, and pods start between the two. */
    private void laterNodes() {
        List<String> open = view.nodeGroups().stream()
                .filter(g -> g.taints().stream().noneMatch(t -> t.key().equals(Migration.AGENT_NOT_READY_TAINT)))
                .filter(g -> view.nodesOf(g.name()).isEmpty()
                        || view.nodesOf(g.name()).stream().anyMatch(Node::linux))
                .map(NodeGroup::name)
                .sorted()
                .toList();
        if (!open.isEmpty()) {
            add(
                    Code.LATER_NODES,
                    "node groups " + String.join(", ", open),
                    "their nodes join without the taint " + Migration.AGENT_NOT_READY_TAINT,
                    "give them that taint with effect NoExecute once the run is over, and see to CHN-PODS-CHAINED by verify");
        }
    }

    /** A pod that starts anew needs an address before the old one's is free again, half a minute after its end. */
    private void addresses() {
        AddressUse.ofNodeSubnets(view).stream()
                .filter(use -> use.free() + spare(use) < 1)
                .forEach(use -> add(
                        Code.NO_ADDRESSES,
                        "subnet " + use.subnet().id(),
                        "it has no free address, and its nodes have none to spare",
                        "free addresses in it, or choose overlay, which gives pods addresses of its own"));
    }

    /** Addresses that nodes hold for pods and no pod has. */
    private int spare(AddressUse use) {
        List<NetworkInterface> interfaces = view.interfacesIn(use.subnet().id()).stream()
                .filter(i -> i.instance().isPresent())
                .toList();
        int held = interfaces.stream().mapToInt(i -> i.taken() - 1).sum();
        long pods = view.pods().stream()
                .filter(ChainingAssessment::addressed)
                .filter(p -> p.address().filter(use.subnet().cidr()::contains).isPresent())
                .count();
        return held - (int) pods;
    }

    private Assessment result() {
        Map<String, Integer> perNode = new TreeMap<>();
        view.nodes().forEach(n -> perNode.merge(n.instanceType(), n.maxPods(), Math::max));
        List<SubnetBudget> budget = AddressUse.of(view).stream()
                .map(u -> new SubnetBudget(
                        u.subnet().id(),
                        u.subnet().availabilityZone(),
                        u.subnet().cidr(),
                        u.usable(),
                        u.used(),
                        u.used(),
                        u.used()))
                .toList();
        int restarted =
                (int) view.pods().stream().filter(ChainingAssessment::addressed).count();
        return new Assessment(
                findings,
                new Assessment.Capacity(perNode, PodRoom.of(view).total()),
                budget,
                new Assessment.Disruption(restarted, 0, 0),
                new Assessment.Cost(0, 0),
                new Assessment.Features(
                        List.of("Cilium network policy", "Hubble visibility"),
                        VpcCni.enforcesPolicies(view) ? List.of("the VPC CNI's own network policy agent") : List.of()),
                new Assessment.Reversible(
                        Optional.empty(), "Cilium is removed with its conflist, then the workloads restart once more"));
    }

    private void add(Code code, String subject, String message, String remedy) {
        findings.add(code.of(subject, message, remedy));
    }

    private static boolean addressed(Pod pod) {
        return !pod.hostNetwork() && !pod.finished();
    }
}
