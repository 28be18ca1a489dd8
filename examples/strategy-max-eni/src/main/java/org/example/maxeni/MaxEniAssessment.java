package org.example.maxeni;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a cap gives and costs on one cluster. */
record MaxEniAssessment(View view, List<NodeInterfaces> nodes, int maxEni) {

    static MaxEniAssessment of(View view, MaxEniOptions options) {
        return new MaxEniAssessment(view, NodeInterfaces.of(view), options.maxEni());
    }

    Assessment assessment() {
        return new Assessment(
                findings(),
                new Assessment.Capacity(slots(), pods()),
                AddressUse.of(view).stream().map(this::budget).toList(),
                new Assessment.Disruption(0, 0, 0),
                new Assessment.Cost(0, 0),
                new Assessment.Features(
                        List.of("addresses back in the subnets"),
                        List.of("warm interfaces: a burst of pods waits for EC2 calls")),
                new Assessment.Reversible(Optional.empty(), "the settings are taken back at any time"));
    }

    /** Subnet to the free addresses once idle interfaces are gone; subnets that gain none are left out. */
    Map<String, Integer> freeAfter() {
        Map<String, Integer> free = new TreeMap<>();
        for (AddressUse use : AddressUse.of(view)) {
            if (released(use) > 0) {
                free.put(use.subnet().id(), use.free() + released(use));
            }
        }
        return free;
    }

    List<Finding> findings() {
        Optional<VpcCni> cni = VpcCni.of(view);
        if (cni.isEmpty()) {
            return List.of(
                    Code.NO_CNI.of("DaemonSet kube-system/aws-node", "it is not there", "choose another strategy"));
        }
        WarmPoolSettings settings = WarmPoolSettings.fromEnv(cni.get().env());
        boolean otherMode = settings.prefixDelegation()
                || settings.customNetworking()
                || settings.podEni()
                || settings.ipTargets()
                || view.cluster().ipFamily() != IpFamily.IPV4;
        if (otherMode) {
            return List.of(Code.MODE.of(
                    "DaemonSet kube-system/aws-node",
                    "it does not count whole interfaces of IPv4 addresses",
                    "choose another strategy; vpc-cni-tuning knows targets of addresses"));
        }
        List<Finding> findings = new ArrayList<>();
        if (freeAfter().isEmpty()) {
            findings.add(Code.NOTHING_IDLE.of(
                    "nodes", "none has an interface that it would give back", "choose another strategy"));
        }
        nodes.forEach(node -> findings.addAll(of(node)));
        return findings;
    }

    private List<Finding> of(NodeInterfaces node) {
        String subject = "node " + node.node().name();
        List<Finding> findings = new ArrayList<>();
        int under = maxEni * node.slots();
        if (node.given().size() > under) {
            findings.add(Code.NO_ROOM.of(
                    subject,
                    Count.of(node.given().size(), "pod has", "pods have") + " addresses, " + under + " under the cap",
                    "set a higher --set maxEni="));
        } else if (open(node) > 0) {
            findings.add(Code.MORE_SLOTS.of(
                    subject,
                    "the kubelet admits " + Count.of(open(node), "pod") + " more than have addresses under the cap",
                    "accept it, set a higher --set maxEni=, or lower max-pods of its group"));
        }
        if (node.heldBeyond(maxEni) > 0) {
            findings.add(Code.IN_USE.of(
                    subject,
                    Count.of(node.heldBeyond(maxEni), "interface") + " beyond the cap held by pods",
                    "restart these pods if their addresses are needed"));
        }
        return findings;
    }

    private int open(NodeInterfaces node) {
        return node.node().maxPods() - hosted(node) - node.room(maxEni);
    }

    private int hosted(NodeInterfaces node) {
        return (int) view.podsOn(node.node().name()).stream()
                .filter(pod -> pod.hostNetwork() && !pod.finished())
                .count();
    }

    private Map<String, Integer> slots() {
        Map<String, Integer> slots = new TreeMap<>();
        nodes.forEach(n -> slots.merge(n.node().instanceType(), admitted(n), Math::max));
        return slots;
    }

    /** Pods of nodes whose type is not known are counted as they are. */
    private long pods() {
        long known = nodes.stream().mapToLong(this::admitted).sum();
        List<String> names = nodes.stream().map(n -> n.node().name()).toList();
        long others = view.pods().stream()
                .filter(pod -> !pod.finished() && elsewhere(pod, names))
                .count();
        return known + others;
    }

    private static boolean elsewhere(Pod pod, List<String> names) {
        return pod.node().filter(name -> !names.contains(name)).isPresent();
    }

    private int admitted(NodeInterfaces node) {
        return Math.min(node.node().maxPods(), hosted(node) + node.room(maxEni));
    }

    private SubnetBudget budget(AddressUse use) {
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                use.used(),
                use.used() - released(use));
    }

    private int released(AddressUse use) {
        return nodes.stream()
                .filter(n -> n.instance().subnet().equals(use.subnet().id()))
                .mapToInt(n -> n.released(maxEni))
                .sum();
    }
}
