package io.cnishift.strategy.overlay;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Subnet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What security groups let through: between nodes of both sides, and from the control plane to nodes.
 *
 * <p>A node of the new side has the security groups of its group's launch template, without any the cluster's, as EKS does.
 */
final class SecurityDraft {

    private final Site site;
    private final List<Set<String>> nodes;

    private SecurityDraft(Site site, List<Set<String>> nodes) {
        this.site = site;
        this.nodes = nodes;
    }

    static SecurityDraft of(Site site) {
        List<Set<String>> sets = new ArrayList<>();
        for (NodeGroup group : site.groups()) {
            Set<String> fresh = ofNewNodes(site, group);
            if (!fresh.isEmpty() && !sets.contains(fresh)) {
                sets.add(fresh);
            }
            site.view().instancesOf(group.name()).stream()
                    .map(i -> (Set<String>) new TreeSet<>(i.securityGroups()))
                    .filter(s -> !s.isEmpty() && !sets.contains(s))
                    .forEach(sets::add);
        }
        return new SecurityDraft(site, sets);
    }

    /** A hole in the rules: a security group of a receiver that lets nobody of the senders in. */
    record Missing(String group, String peer) {}

    /** What is missing so that every node lets every other one send it this. */
    List<Missing> missingBetweenNodes(String protocol, int port) {
        List<Missing> missing = new ArrayList<>();
        for (Set<String> receiver : nodes) {
            for (Set<String> sender : nodes) {
                if (!admits(receiver, protocol, port, sender, nodeRanges())) {
                    Missing hole = new Missing(first(receiver), first(sender));
                    if (!missing.contains(hole)) {
                        missing.add(hole);
                    }
                }
            }
        }
        return missing;
    }

    /** What is missing so that the control plane reaches that TCP port of every node. */
    List<Missing> missingFromControlPlane(int port) {
        Set<String> senders = controlPlane();
        return nodes.stream()
                .filter(receiver -> !admits(receiver, "tcp", port, senders, controlPlaneRanges()))
                .map(receiver -> new Missing(first(receiver), first(senders)))
                .distinct()
                .toList();
    }

    /** Rules of one kind for each security group that lacks it. */
    static Map<String, List<SecurityGroup.Rule>> rules(
            List<Missing> missing, String protocol, int from, int to, String description) {
        Map<String, List<SecurityGroup.Rule>> rules = new TreeMap<>();
        for (Missing hole : missing) {
            rules.computeIfAbsent(hole.group(), g -> new ArrayList<>())
                    .add(new SecurityGroup.Rule("", protocol, from, to, hole.peer(), description));
        }
        return rules;
    }

    private boolean admits(
            Collection<String> receiver, String protocol, int port, Collection<String> senders, List<Cidr> ranges) {
        return receiver.stream()
                .flatMap(id -> site.view().get(Part.SECURITY_GROUPS, SecurityGroup.class, id).stream())
                .flatMap(group -> group.ingress().stream())
                .filter(rule -> rule.covers(protocol, port))
                .anyMatch(rule -> senders.contains(rule.peer()) || holds(rule.peer(), ranges));
    }

    private static boolean holds(String peer, List<Cidr> ranges) {
        return peer.contains("/")
                && !ranges.isEmpty()
                && ranges.stream().allMatch(range -> Cidr.parse(peer).contains(range));
    }

    private List<Cidr> nodeRanges() {
        return ranges(site.groups().stream().flatMap(g -> g.subnets().stream()).toList());
    }

    private List<Cidr> controlPlaneRanges() {
        return ranges(site.view().cluster().controlPlaneSubnets());
    }

    private List<Cidr> ranges(Collection<String> subnets) {
        return subnets.stream()
                .distinct()
                .flatMap(id -> site.view().subnet(id).stream())
                .map(Subnet::cidr)
                .toList();
    }

    /** The security groups of the control plane's interfaces, which may be more than the cluster's own. */
    private Set<String> controlPlane() {
        String description = "Amazon EKS " + site.view().cluster().name();
        Set<String> groups = new TreeSet<>();
        site.view().all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i -> i.description().equals(description))
                .forEach(i -> groups.addAll(i.securityGroups()));
        if (groups.isEmpty()) {
            groups.add(site.view().cluster().clusterSecurityGroup());
        }
        return groups;
    }

    private static Set<String> ofNewNodes(Site site, NodeGroup group) {
        List<String> ofTemplate = group.launchTemplate()
                .map(NodeGroup.LaunchTemplate::securityGroups)
                .orElse(List.of());
        if (!ofTemplate.isEmpty()) {
            return new TreeSet<>(ofTemplate);
        }
        Optional<Instance> any = site.view().instancesOf(group.name()).stream().findFirst();
        return group.kind() == NodeGroup.Kind.MANAGED
                ? new TreeSet<>(Set.of(site.view().cluster().clusterSecurityGroup()))
                : any.map(i -> (Set<String>) new TreeSet<>(i.securityGroups())).orElseGet(TreeSet::new);
    }

    private static String first(Collection<String> groups) {
        return groups.stream().findFirst().orElse("");
    }

    /** The name of a protocol in a security group rule. */
    static String protocol(io.cnishift.cilium.NodePortRule rule) {
        return rule.protocol() == io.cnishift.cilium.NodePortRule.Protocol.ESP
                ? "50"
                : rule.protocol().name().toLowerCase(Locale.ROOT);
    }
}
