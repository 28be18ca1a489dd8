package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which load balancers of the first cluster share their requests with the second one by weights of target groups, instead of names by
 * weights of records. The load balancer stays with the controller of the first cluster, which takes back what others change about it; so
 * the weights are written where it reads them, in annotations of Ingresses.
 */
final class TargetShift {

    static final String USE_ANNOTATION = "use-annotation";
    private static final String ALB = "alb.ingress.kubernetes.io/";
    private static final String AUTH = ALB + "auth-";
    private static final String HEALTH_PORT = ALB + "healthcheck-port";
    private static final String ATTRIBUTES = ALB + "target-group-attributes";
    private static final int LONGEST_WORD = 13;

    private final View first;
    private final View second;
    private final List<String> namespaces;
    private final List<TargetFront> fronts = new ArrayList<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private TargetShift(View first, View second, List<String> namespaces) {
        this.first = first;
        this.second = second;
        this.namespaces = List.copyOf(namespaces);
    }

    static TargetShift of(
            View first, View second, List<String> namespaces, Entries entries, NewClusterOptions.Shift by) {
        TargetShift shift = new TargetShift(first, second, namespaces);
        for (String host : entries.balancers()) {
            boolean wanted = by == NewClusterOptions.Shift.TARGET_GROUPS
                    || (by == NewClusterOptions.Shift.AUTO && !entries.movable(host, second.cluster()));
            if (wanted) {
                shift.take(host, by);
            }
        }
        return shift;
    }

    private void take(String host, NewClusterOptions.Shift by) {
        List<TargetFront> all = new ArrayList<>();
        for (Ingress ingress : first.all(Part.INGRESSES, Ingress.class)) {
            if (ingress.loadBalancer().filter(host::equals).isEmpty()) {
                continue;
            }
            Optional<String> unfit = unfit(ingress).or(() -> add(ingress, all));
            if (unfit.isPresent()) {
                if (by == NewClusterOptions.Shift.TARGET_GROUPS) {
                    findings.add(
                            Code.SHIFT_TARGETS.of(
                                    "Ingress " + ingress.key(),
                                    unfit.get(),
                                    "set shift=auto, which moves by weights of DNS records what has one; or change the Ingress first"));
                }
                return;
            }
        }
        fronts.addAll(all);
        hosts.add(host);
        all.stream().filter(this::sticky).map(TargetShift::astray).forEach(findings::add);
    }

    private boolean sticky(TargetFront front) {
        return first.get(Part.INGRESSES, Ingress.class, front.ingress())
                .flatMap(i -> annotation(i, front.service(), ATTRIBUTES))
                .filter(attributes -> attributes.replace(" ", "").contains("stickiness.enabled=true"))
                .isPresent();
    }

    private static Finding astray(TargetFront front) {
        return Code.STICKY_TARGETS.of(
                "Ingress " + front.ingress(),
                "its target group of Service " + front.service()
                        + " keeps a client at one target, which ends at the border of a group: while requests are shared, each of"
                        + " a client's may go to another cluster",
                "accept it where sessions are known in both clusters; else set shift=route53");
    }

    /** Why nothing can be shared with the second cluster; empty where load balancers of the first reach its targets. */
    private Optional<String> unreached() {
        if (!first.cluster().vpcId().equals(second.cluster().vpcId())) {
            return Optional.of(
                    "the second cluster is in another VPC, and a load balancer forwards only to target groups of its own");
        }
        return first.cluster().ipFamily().equals(second.cluster().ipFamily())
                ? Optional.empty()
                : Optional.of("the clusters have addresses of different families, and a target group is of one");
    }

    private Optional<String> unfit(Ingress ingress) {
        return unreached().or(() -> rules(ingress)).or(() -> annotations(ingress));
    }

    /** A Service's annotation is what counts, the Ingress's is for those without. */
    private Optional<String> annotation(Ingress ingress, String service, String key) {
        return first.service(ingress.namespace() + "/" + service)
                .flatMap(s -> Optional.ofNullable(s.annotations().get(key)))
                .or(() -> Optional.ofNullable(ingress.annotations().get(key)));
    }

    /** What the controller reads of a Service, and no more where an action forwards to two groups. */
    private Optional<String> annotations(Ingress ingress) {
        for (String service :
                ingress.rules().stream().map(Ingress.Rule::service).distinct().toList()) {
            boolean authenticated = first.service(ingress.namespace() + "/" + service).stream()
                    .flatMap(s -> s.annotations().entrySet().stream())
                    .anyMatch(a -> a.getKey().startsWith(AUTH)
                            && !a.getValue().equals(ingress.annotations().get(a.getKey())));
            if (authenticated) {
                return Optional.of(
                        "its Service " + service
                                + " asks for authentication, which the controller leaves out where an action forwards to two target groups");
            }
            Optional<String> port = annotation(ingress, service, HEALTH_PORT).filter(p -> !p.equals("traffic-port"));
            if (port.isPresent()
                    && targetType(ingress, service).filter("instance"::equals).isPresent()) {
                return Optional.of("health of its Service " + service + " is checked at port " + port.get()
                        + ", which is another one at nodes of the second cluster");
            }
        }
        return Optional.empty();
    }

    private Optional<String> rules(Ingress ingress) {
        if (!namespaces.contains(ingress.namespace())) {
            return Optional.of("it shares a load balancer with what is moved, and is not moved itself");
        }
        if (ingress.rules().stream().anyMatch(r -> r.service().isEmpty())) {
            return Optional.of("it has a backend that is no Service, and its rules are written whole");
        }
        if (ingress.rules().stream().anyMatch(r -> r.port().equals(USE_ANNOTATION))) {
            return Optional.of("it has actions of its own, which the weights would take the place of");
        }
        long ports = ingress.rules().stream()
                .map(r -> r.service() + ":" + r.port())
                .distinct()
                .count();
        long services =
                ingress.rules().stream().map(Ingress.Rule::service).distinct().count();
        return ports > services
                ? Optional.of("it names several ports of one Service, which one action cannot weigh")
                : Optional.empty();
    }

    /** Why an Ingress that fits has no target group to be shared; empty when all its Services have. */
    private Optional<String> add(Ingress ingress, List<TargetFront> all) {
        Optional<LoadBalancer> balancer = balancer(ingress);
        if (balancer.isEmpty()) {
            return Optional.of("its load balancer is not seen in this account");
        }
        Set<String> seen = new LinkedHashSet<>();
        for (Ingress.Rule rule : ingress.rules()) {
            String key = ingress.namespace() + "/" + rule.service();
            if (!seen.add(key)) {
                continue;
            }
            Optional<TargetGroup> group = group(balancer.get(), key);
            if (group.isEmpty()) {
                return Optional.of("its load balancer forwards to no target group of Service " + key);
            }
            all.add(new TargetFront(
                    ingress.key(),
                    rule.service(),
                    rule.port(),
                    name(ingress, rule),
                    group.get().arn(),
                    targetType(group.get()),
                    balancer.get().securityGroups()));
        }
        return Optional.empty();
    }

    /** By its name, for Ingresses of several clusters may call their group alike. */
    private Optional<LoadBalancer> balancer(Ingress ingress) {
        return first.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .filter(lb -> ingress.loadBalancer()
                        .filter(host -> FirstBalancers.names(host, lb.name()))
                        .isPresent())
                .findFirst();
    }

    private Optional<String> targetType(Ingress ingress, String service) {
        return balancer(ingress)
                .flatMap(lb -> group(lb, ingress.namespace() + "/" + service))
                .map(this::targetType);
    }

    private String targetType(TargetGroup like) {
        return Carriage.overlay(second) ? "instance" : like.targetType();
    }

    private Optional<TargetGroup> group(LoadBalancer balancer, String service) {
        return balancer.listeners().stream()
                .flatMap(listener -> listener.rules().stream())
                .flatMap(rule -> rule.forward().stream())
                .flatMap(to -> first.get(Part.TARGET_GROUPS, TargetGroup.class, to.targetGroup()).stream())
                .filter(group -> group.service().filter(service::equals).isPresent())
                .findFirst();
    }

    /** The same for the same plan, and another one for another Ingress or cluster: a name is one account's and region's. */
    private String name(Ingress ingress, Ingress.Rule rule) {
        int hash = String.join(" ", second.cluster().name(), ingress.key(), rule.service(), rule.port())
                .hashCode();
        String word = rule.service()
                .substring(0, Math.min(LONGEST_WORD, rule.service().length()));
        return "cnishift-" + word + "-" + Integer.toHexString(hash);
    }

    /** Whether requests to the load balancer of that name are shared by it. */
    boolean has(String host) {
        return hosts.contains(host);
    }

    /** What is shared. */
    List<TargetFront> fronts() {
        return List.copyOf(fronts);
    }

    /** Why what was asked for cannot be. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
