package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Security groups that the controller makes for load balancers, lets into nodes, and deletes after their load balancers. EC2 deletes none
 * that a rule or an interface names, and the controller tries again then.
 */
final class FrontGroups {

    private static final String OURS = "elbv2.k8s.aws/cluster";

    private final Kernel kernel;
    private final Cloud cloud;
    /** Those that are to be deleted yet, with the load balancer that they were made for. */
    private final Map<String, String> left = new TreeMap<>();

    FrontGroups(Kernel kernel) {
        this.kernel = kernel;
        cloud = Cloud.of(kernel);
    }

    /** Makes one that lets clients in, and lets it into the nodes. */
    String make(Stack stack, String name) {
        Rule out = new Rule(cloud.ids().next("sgr"), "-1", -1, -1, "0.0.0.0/0", "");
        List<Rule> in = stack.listeners().stream()
                .map(l -> new Rule(cloud.ids().next("sgr"), "tcp", l.port(), l.port(), "0.0.0.0/0", ""))
                .toList();
        String id = cloud.ids().next("sg");
        cloud.put(new SecurityGroup(
                id, name, in, List.of(out), Map.of(OURS, cluster().name())));
        nodes().ifPresent(nodes -> {
            List<Rule> ingress = new ArrayList<>(nodes.ingress());
            ingress.add(new Rule(cloud.ids().next("sgr"), "tcp", 0, 65535, id, BindingNetworks.OURS));
            cloud.put(with(nodes, ingress));
        });
        return id;
    }

    /** Has those of the controller's own deleted that a load balancer leaves behind. */
    void leave(String stack, List<String> groups) {
        groups.stream()
                .filter(id -> group(id).filter(g -> g.tags().containsKey(OURS)).isPresent())
                .forEach(id -> left.put(id, stack));
    }

    /** Deletes what can be deleted. */
    void delete() {
        List.copyOf(left.keySet()).forEach(id -> {
            nodes().ifPresent(nodes -> cloud.put(with(
                    nodes,
                    nodes.ingress().stream()
                            .filter(r -> !(names(r, id) && r.description().equals(BindingNetworks.OURS)))
                            .toList())));
            Optional<String> user = user(id);
            if (user.isPresent()) {
                kernel.incidents()
                        .report(
                                "SIM-LBC-REFUSED",
                                "security group " + id,
                                "DependencyViolation: resource " + id + " has a dependent object: " + user.get());
            } else {
                cloud.remove(Part.SECURITY_GROUPS, id);
                left.remove(id);
            }
        });
    }

    /** Whether none is left. */
    boolean done() {
        return left.isEmpty();
    }

    /** Whether none is left of a load balancer. */
    boolean done(String stack) {
        return !left.containsValue(stack);
    }

    private Optional<String> user(String id) {
        return everywhere(Part.NETWORK_INTERFACES, NetworkInterface.class)
                .filter(i -> i.securityGroups().contains(id))
                .map(i -> "network interface " + i.id())
                .findFirst()
                .or(() -> everywhere(Part.SECURITY_GROUPS, SecurityGroup.class)
                        .filter(g -> !g.id().equals(id))
                        .filter(g -> Stream.concat(g.ingress().stream(), g.egress().stream())
                                .anyMatch(r -> names(r, id)))
                        .map(g -> "security group " + g.id())
                        .findFirst());
    }

    /** Of both clusters of an account; what both know, as this one knows it. */
    private <T extends Resource> Stream<T> everywhere(Part part, Class<T> type) {
        return Stream.concat(
                cloud.view().all(part, type).stream(),
                cloud.neighbour().stream()
                        .flatMap(at -> at.view().all(part, type).stream())
                        .filter(r -> cloud.view().get(part, type, r.key()).isEmpty()));
    }

    private static boolean names(Rule rule, String group) {
        return rule.peer().equals(group);
    }

    private Optional<SecurityGroup> nodes() {
        return group(cluster().clusterSecurityGroup());
    }

    private Optional<SecurityGroup> group(String id) {
        return cloud.view().get(Part.SECURITY_GROUPS, SecurityGroup.class, id);
    }

    private static SecurityGroup with(SecurityGroup old, List<Rule> ingress) {
        return new SecurityGroup(old.id(), old.name(), ingress, old.egress(), old.tags());
    }

    private Cluster cluster() {
        return cloud.view().cluster();
    }
}
