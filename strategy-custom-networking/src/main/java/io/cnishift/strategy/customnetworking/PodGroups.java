package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Security groups for the interfaces of pods: whether they are there, and whom they admit. */
final class PodGroups {

    private PodGroups() {}

    /** What stands against these groups; nothing where none is named, for pods have those of their node then. */
    static List<Finding> findings(Request request, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(
                Code.unread(request, Set.of(Part.SECURITY_GROUPS, Part.LOAD_BALANCERS, Part.TARGET_GROUPS)));
        if (!findings.isEmpty()) {
            return findings;
        }
        View view = request.view();
        ids.stream()
                .filter(id ->
                        view.get(Part.SECURITY_GROUPS, SecurityGroup.class, id).isEmpty())
                .map(id -> Code.NO_SECURITY_GROUP.of(
                        "security group " + id,
                        view.vpc().id() + " has none of that id",
                        "name groups of this VPC with --set securityGroups="))
                .forEach(findings::add);
        if (!findings.isEmpty()) {
            return findings;
        }
        String subject = "security groups " + String.join(", ", ids);
        List<String> peers = peers(view, ids);
        Set<String> shut = shutOff(view, peers);
        if (!shut.isEmpty()) {
            findings.add(Code.PODS_SHUT_OFF.of(
                    subject,
                    "they do not admit " + String.join(", ", shut) + " of the nodes and the control plane",
                    "add a rule for these, or see that probes, webhooks and Services of pods do without"));
        }
        view.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .filter(balancer -> sendsToPods(view, balancer) && !admits(view, peers, balancer))
                .map(
                        balancer -> Code.BALANCER_SHUT_OFF.of(
                                "load balancer " + balancer.name(),
                                subject + " admit neither its groups nor its subnets",
                                "add a rule for it, or accept it where its controller adds one or another path serves its clients"))
                .forEach(findings::add);
        return findings;
    }

    private static List<String> peers(View view, List<String> ids) {
        return ids.stream()
                .flatMap(id -> view.get(Part.SECURITY_GROUPS, SecurityGroup.class, id).stream())
                .flatMap(group -> group.ingress().stream())
                .map(Rule::peer)
                .toList();
    }

    private static boolean sendsToPods(View view, LoadBalancer balancer) {
        return balancer.listeners().stream()
                .flatMap(listener -> listener.rules().stream())
                .flatMap(rule -> rule.forward().stream())
                .flatMap(to -> view.get(Part.TARGET_GROUPS, TargetGroup.class, to.targetGroup()).stream())
                .anyMatch(group -> group.targetType().equals("ip"));
    }

    private static boolean admits(View view, List<String> peers, LoadBalancer balancer) {
        List<Cidr> ranges = balancer.subnets().stream()
                .flatMap(id -> view.subnet(id).stream())
                .map(Subnet::cidr)
                .toList();
        return balancer.securityGroups().stream().anyMatch(peers::contains)
                || (!ranges.isEmpty() && ranges.stream().allMatch(range -> admits(peers, range)));
    }

    /** Groups of nodes and control plane that are no such peer, unless all of their ranges are. */
    private static Set<String> shutOff(View view, List<String> peers) {
        Set<String> shut = new TreeSet<>(Set.of(view.cluster().clusterSecurityGroup()));
        List<Instance> nodes = view.nodes().stream()
                .flatMap(node -> view.instanceOf(node).stream())
                .toList();
        nodes.forEach(i -> shut.addAll(i.securityGroups()));
        shut.remove("");
        shut.removeAll(peers);
        return ranges(view, nodes).stream().allMatch(range -> admits(peers, range)) ? Set.of() : shut;
    }

    private static List<Cidr> ranges(View view, List<Instance> nodes) {
        Set<String> subnets = new TreeSet<>(view.cluster().controlPlaneSubnets());
        nodes.forEach(i -> subnets.add(i.subnet()));
        return subnets.stream()
                .flatMap(id -> view.subnet(id).stream())
                .map(Subnet::cidr)
                .toList();
    }

    private static boolean admits(List<String> peers, Cidr range) {
        return peers.stream()
                .filter(peer -> peer.contains("/"))
                .anyMatch(peer -> Cidr.parse(peer).contains(range));
    }
}
