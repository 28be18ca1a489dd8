package io.cnishift.engine.inspect;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what is worth knowing about a cluster before any strategy is asked. Pure. */
public final class Inspector {

    private final ClusterSnapshot snapshot;
    private final View view;
    private final List<Finding> findings = new ArrayList<>();

    private Inspector(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.view = View.of(snapshot);
    }

    /** The snapshot with its findings, the gravest first, then by code and subject. */
    public static Inspection inspect(ClusterSnapshot snapshot) {
        Inspector inspector = new Inspector(snapshot);
        inspector.addresses();
        inspector.podSlots();
        inspector.health();
        inspector.limits();
        inspector.gaps();
        inspector.findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Finding::code)
                .thenComparing(Finding::subject));
        return new Inspection(snapshot, inspector.findings);
    }

    private void addresses() {
        for (AddressUse use : AddressUse.ofNodeSubnets(view)) {
            String subject = "subnet " + use.subnet().id();
            String numbers = use.free() + " of " + use.usable() + " addresses of "
                    + use.subnet().cidr() + " are free";
            if (use.free() <= 0) {
                findings.add(
                        InspectCode.SUBNET_FULL.finding(subject, numbers, "'cnishift compare' shows the ways out"));
            } else if (use.free() * 10 < use.usable()) {
                findings.add(InspectCode.SUBNET_NEARLY_FULL.finding(
                        subject, numbers, "'cnishift compare' shows the ways out"));
            }
            int idle = Math.max(0, use.heldByNodes() - usedOn(use.subnet().id()));
            if (idle * 4 > use.usable()) {
                findings.add(InspectCode.WARM_ADDRESSES.finding(
                        subject,
                        "nodes hold " + idle + " of its " + use.usable() + " addresses without using them",
                        "see the strategy vpc-cni-tuning in 'cnishift compare'"));
            }
        }
    }

    /** Addresses in use on the nodes of a subnet: one for each node, one for each pod that has its own. */
    private int usedOn(String subnet) {
        int used = 0;
        for (Node node : view.nodes()) {
            if (view.instanceOf(node).filter(i -> i.subnet().equals(subnet)).isPresent()) {
                used += 1
                        + (int) view.podsOn(node.name()).stream()
                                .filter(p -> !p.finished()
                                        && !p.hostNetwork()
                                        && p.address().isPresent())
                                .count();
            }
        }
        return used;
    }

    private void podSlots() {
        long slots = 0;
        long taken = 0;
        for (Node node : view.nodes()) {
            if (node.fargate()) {
                // each is made for its one pod
                continue;
            }
            long here =
                    view.podsOn(node.name()).stream().filter(p -> !p.finished()).count();
            slots += node.maxPods();
            taken += here;
            if (here >= node.maxPods()) {
                findings.add(InspectCode.POD_SLOTS_FULL.finding(
                        "node " + node.name(),
                        "runs " + Count.of(here, "pod") + ", its kubelet admits " + node.maxPods(),
                        "'cnishift max-pods --instance-type " + node.instanceType()
                                + "' shows what other modes allow"));
            }
        }
        long waiting =
                view.pods().stream().filter(p -> p.phase() == Pod.Phase.PENDING).count();
        if (slots > 0 && taken * 10 > slots * 9) {
            findings.add(InspectCode.POD_SLOTS_NEARLY_FULL.finding(
                    "cluster " + view.cluster().name(),
                    taken + " of " + slots + " pod slots are taken, " + Count.of(waiting, "pod is", "pods are")
                            + " Pending",
                    "'cnishift compare' shows the ways out"));
        }
    }

    private void health() {
        for (Node node : view.nodes()) {
            if (!node.ready()) {
                findings.add(InspectCode.NODE_NOT_READY.finding(
                        "node " + node.name(), "is not Ready", "see 'kubectl describe node " + node.name() + "'"));
            }
        }
        for (Addon addon : snapshot.addons()) {
            if (!addon.status().equals("ACTIVE") || !addon.issues().isEmpty()) {
                findings.add(InspectCode.ADDON_UNHEALTHY.finding(
                        "add-on " + addon.name(),
                        "is " + addon.status() + issues(addon.issues()),
                        "see 'aws eks describe-addon --cluster-name "
                                + view.cluster().name() + " --addon-name " + addon.name() + "'"));
            }
        }
        for (NodeGroup group : view.nodeGroups()) {
            if (!group.issues().isEmpty()) {
                findings.add(InspectCode.GROUP_ISSUES.finding(
                        "node group " + group.name(), "has issues" + issues(group.issues()), "cure them first"));
            }
        }
    }

    private static String issues(List<String> issues) {
        return issues.isEmpty() ? "" : ": " + String.join(", ", issues);
    }

    private void limits() {
        if (view.cluster().autoMode()) {
            findings.add(InspectCode.AUTO_MODE.finding(
                    "cluster " + view.cluster().name(), "runs EKS Auto Mode", "nodes of other groups can be moved"));
        }
        view.cluster()
                .fargateProfiles()
                .forEach(profile -> findings.add(InspectCode.FARGATE.finding(
                        "Fargate profile " + profile, "its pods keep the VPC CNI", "count their addresses in")));
        Map<String, Long> closed = snapshot.controlPlaneCalls().stream()
                .filter(ControlPlaneCall::failClosed)
                .flatMap(call -> call.service().stream())
                .collect(Collectors.groupingBy(service -> service, TreeMap::new, Collectors.counting()));
        closed.forEach((service, calls) -> findings.add(InspectCode.FAIL_CLOSED_CALL.finding(
                "Service " + service,
                "the control plane calls it for " + calls + (calls == 1 ? " API or webhook" : " APIs or webhooks")
                        + " and fails when it cannot reach it",
                "an overlay plan moves its pods to the host network")));
    }

    private void gaps() {
        snapshot.unknown().stream()
                .filter(Unknown::askedFor)
                .forEach(u -> findings.add(InspectCode.PART_UNKNOWN.finding(
                        u.subject().isEmpty() ? u.part().toString() : u.part() + " " + u.subject(),
                        u.reason(),
                        u.remedy())));
    }
}
