package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Listener;
import io.cnishift.api.cluster.LoadBalancer.Rule;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.elb.Stack.Backend;
import io.cnishift.simulator.elb.Stack.Listening;
import io.cnishift.simulator.elb.Stack.Route;
import io.cnishift.simulator.elb.Stack.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Brings load balancers to what the controller wants, in this order: target groups that are missing, listener rules, target
 * groups that nobody wants any more. A target type cannot be changed: another type is another target group, to which the rule
 * moves at once, healthy or not.
 */
final class StackDeployer {

    private final Cloud cloud;
    private final TargetGroups groups;
    private final BalancerMaker maker;
    private final FrontGroups fronts;
    private final BindingObjects bindings;
    private final BalancerNames statuses;

    StackDeployer(Kernel kernel, FrontGroups fronts) {
        cloud = Cloud.of(kernel);
        groups = TargetGroups.of(kernel);
        this.fronts = fronts;
        maker = new BalancerMaker(kernel, fronts);
        bindings = new BindingObjects(kernel);
        statuses = new BalancerNames(kernel);
    }

    void deploy(Stack stack) {
        Map<Backend, TargetGroup> made = new HashMap<>();
        stack.backends().forEach(b -> made.put(b, group(stack, b)));
        LoadBalancer old = find(stack).orElseGet(() -> maker.make(stack));
        List<Listener> listeners = new ArrayList<>();
        for (Listening wanted : stack.listeners()) {
            listeners.add(listener(old, wanted, made));
        }
        old.listeners().stream()
                .filter(l -> stack.kind().equals("ingress"))
                .filter(l -> stack.listeners().stream().noneMatch(w -> w.port() == l.port()))
                .forEach(listeners::add);
        cloud.put(with(old, listeners));
        statuses.announce(stack, old);
        removeUnwanted(stack, made);
    }

    /** Takes down a load balancer that nobody wants any more. */
    void remove(LoadBalancer balancer) {
        String stack = tag(balancer).orElse("");
        cloud.remove(Part.LOAD_BALANCERS, balancer.arn());
        maker.unmake(balancer);
        fronts.leave(stack, balancer.securityGroups());
        List.copyOf(groups.all()).stream()
                .filter(g -> stack.equals(g.tags().get("ingress.k8s.aws/stack"))
                        || stack.equals(g.tags().get("service.k8s.aws/stack")))
                .forEach(this::delete);
    }

    /** The id by which the controller knows a load balancer as its own. */
    static Optional<String> tag(LoadBalancer balancer) {
        return Optional.ofNullable(balancer.tags().get("ingress.k8s.aws/stack"))
                .or(() -> Optional.ofNullable(balancer.tags().get("service.k8s.aws/stack")));
    }

    private Optional<LoadBalancer> find(Stack stack) {
        return cloud.view().all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .filter(l -> stack.id().equals(l.tags().get(stack.stackTag())))
                .findFirst();
    }

    private TargetGroup group(Stack stack, Backend backend) {
        Optional<TargetGroup> there = groups.all().stream()
                .filter(g -> g.targetType().equals(backend.targetType()))
                .filter(g -> stack.id().equals(g.tags().get(stack.stackTag())))
                .filter(g -> backend.resource().equals(g.tags().get(stack.resourceTag())))
                .findFirst();
        TargetGroup group = there.map(g -> configured(g, backend)).orElseGet(() -> maker.group(stack, backend));
        cloud.put(group);
        bindings.ensure(group, stack, backend);
        return group;
    }

    private static TargetGroup configured(TargetGroup old, Backend backend) {
        return new TargetGroup(
                old.arn(),
                old.name(),
                old.targetType(),
                old.protocol(),
                old.port(),
                backend.healthCheckSeconds(),
                backend.healthyThreshold(),
                backend.deregistrationDelaySeconds(),
                old.targets(),
                old.service(),
                old.tags());
    }

    private static Listener listener(LoadBalancer old, Listening wanted, Map<Backend, TargetGroup> made) {
        List<Rule> rules = new ArrayList<>();
        wanted.routes().forEach(r -> rules.add(rule(r, made)));
        if (rules.stream().noneMatch(r -> r.conditions().equals("default"))) {
            rules.add(new Rule("default", List.of()));
        }
        Optional<Listener> before =
                old.listeners().stream().filter(l -> l.port() == wanted.port()).findFirst();
        // the order of rules that say the same is the controller's own business
        return before.filter(l -> new HashSet<>(l.rules()).equals(new HashSet<>(rules)))
                .orElseGet(() -> new Listener(
                        wanted.port(), before.map(Listener::protocol).orElse(wanted.protocol()), ordered(rules)));
    }

    /** Longer paths first, the default last. */
    private static List<Rule> ordered(List<Rule> rules) {
        return rules.stream()
                .sorted((x, y) -> {
                    boolean last = x.conditions().equals("default");
                    if (last != y.conditions().equals("default")) {
                        return last ? 1 : -1;
                    }
                    return Integer.compare(
                            y.conditions().length(), x.conditions().length());
                })
                .toList();
    }

    private static Rule rule(Route route, Map<Backend, TargetGroup> made) {
        List<Weighted> forward = new ArrayList<>();
        for (Weight weight : route.to()) {
            String arn = weight.to()
                    .map(backend -> Objects.requireNonNull(made.get(backend)).arn())
                    .orElse(weight.arn());
            forward.add(new Weighted(arn, weight.weight()));
        }
        return new Rule(route.conditions(), forward);
    }

    private void removeUnwanted(Stack stack, Map<Backend, TargetGroup> made) {
        Set<String> wanted = new HashSet<>();
        made.values().forEach(g -> wanted.add(g.arn()));
        List.copyOf(groups.all()).stream()
                .filter(g -> stack.id().equals(g.tags().get(stack.stackTag())))
                .filter(g -> !wanted.contains(g.arn()))
                .forEach(this::delete);
    }

    private void delete(TargetGroup group) {
        bindings.remove(group);
        cloud.remove(Part.TARGET_GROUPS, group.arn());
    }

    private static LoadBalancer with(LoadBalancer old, List<Listener> listeners) {
        return new LoadBalancer(
                old.arn(),
                old.name(),
                old.type(),
                old.scheme(),
                old.subnets(),
                old.securityGroups(),
                listeners,
                old.tags());
    }
}
