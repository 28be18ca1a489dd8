package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.NetworkAcl.Traffic;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Network ACLs between pods with addresses of a block of their own and who talks to them: nodes, the control plane and each other.
 * EC2 gives a new subnet the default ACL of the VPC, whichever that of the nodes is.
 */
record PodAcls(View view, PodSubnets pods, Cidr block) {

    /** Who answers is asked at any port of these, and answers to one of them; DNS and HTTPS stand for those below. */
    private static final List<Traffic> NEEDED = List.of(
            new Traffic("tcp", 443, 443),
            new Traffic("tcp", 53, 53),
            new Traffic("udp", 53, 53),
            new Traffic("tcp", 1024, 65535),
            new Traffic("udp", 1024, 65535));

    List<Finding> findings() {
        if (view.all(Part.NETWORK_ACLS, NetworkAcl.class).isEmpty()) {
            return List.of(Code.NETWORK_ACL.of(
                    "block " + block,
                    "new subnets have the default network ACL of the VPC, which was not read",
                    "compare it with that of the node subnets, or read the cluster with permission for"
                            + " ec2:DescribeNetworkAcls"));
        }
        List<Subnet> peers = peers();
        List<Finding> findings = new ArrayList<>();
        Map<String, NetworkAcl> ofPods = new TreeMap<>();
        podSubnets().flatMap(id -> view.networkAcl(id).stream()).forEach(acl -> ofPods.put(acl.id(), acl));
        List<Cidr> ranges = Stream.concat(peers.stream().map(Subnet::cidr), Stream.of(block))
                .distinct()
                .toList();
        ofPods.values().forEach(acl -> closed(acl, "the pod subnets", ranges).ifPresent(findings::add));
        Map<String, NetworkAcl> ofPeers = new TreeMap<>();
        peers.forEach(s -> view.networkAcl(s.id()).ifPresent(acl -> ofPeers.put(acl.id(), acl)));
        ofPeers.values().stream()
                .filter(acl -> !ofPods.containsKey(acl.id()))
                .forEach(acl -> closed(acl, "nodes or the control plane", List.of(block))
                        .ifPresent(findings::add));
        if (findings.isEmpty() && !ofPods.keySet().containsAll(ofPeers.keySet())) {
            findings.add(Code.NETWORK_ACL.of(
                    "block " + block,
                    "the pod subnets have network ACL " + String.join(", ", ofPods.keySet())
                            + ", nodes and control plane " + String.join(", ", ofPeers.keySet()),
                    "see that what the latter keep away may reach pods, or associate them with the new subnets"));
        }
        return findings;
    }

    /** Those of an earlier run, or a new one, which no ACL names yet. */
    private Stream<String> podSubnets() {
        return pods.there().isEmpty()
                ? Stream.of("")
                : view.all(Part.SUBNETS, Subnet.class).stream()
                        .filter(s -> pods.there().containsValue(s.cidr()))
                        .map(Subnet::id);
    }

    /** Where nodes and the control plane have their interfaces. */
    private List<Subnet> peers() {
        Set<Subnet> peers = new LinkedHashSet<>();
        AddressUse.ofNodeSubnets(view).forEach(use -> peers.add(use.subnet()));
        view.cluster().controlPlaneSubnets().forEach(id -> view.subnet(id).ifPresent(peers::add));
        peers.removeIf(s -> block.contains(s.cidr()));
        return List.copyOf(peers);
    }

    private static Optional<Finding> closed(NetworkAcl acl, String of, List<Cidr> ranges) {
        Set<String> in = new LinkedHashSet<>();
        Set<String> out = new LinkedHashSet<>();
        for (Cidr range : ranges) {
            NEEDED.stream().filter(t -> !acl.admits(t, range)).forEach(t -> in.add(t + " from " + range));
            NEEDED.stream().filter(t -> !acl.letsOut(t, range)).forEach(t -> out.add(t + " to " + range));
        }
        String closed = Stream.of(said("does not admit ", in), said("does not let out ", out))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining(", and "));
        return closed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Code.NETWORK_ACL_CLOSED.of(
                                "network ACL " + acl.id(),
                                "it is that of " + of + " and " + closed,
                                "add rules for it, in both directions, before those that deny it; an ACL does not know replies"));
    }

    private static String said(String what, Set<String> traffic) {
        int more = traffic.size() - 1;
        return traffic.isEmpty() ? "" : what + traffic.iterator().next() + (more > 0 ? " and " + more + " more" : "");
    }
}
