package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Load balancers that send clients to nodes or pods of a cluster and that neither a Service nor an Ingress of what is moved made: somebody's
 * own, to which a TargetGroupBinding or an Auto Scaling group registers, those of the Gateway API, and those of what stays.
 */
final class OtherBalancers {

    private final View view;
    private final Set<String> targets = new HashSet<>();

    OtherBalancers(View view) {
        this.view = view;
        view.all(Part.INSTANCES, Instance.class).forEach(instance -> targets.add(instance.id()));
        view.nodes().forEach(node -> targets.add(node.address()));
        view.pods().stream().map(Pod::address).forEach(address -> address.ifPresent(targets::add));
    }

    /** Their names, of all but those with these host names. */
    List<String> beside(Collection<String> hosts) {
        return view.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .filter(balancer -> hosts.stream().noneMatch(host -> FirstBalancers.names(host, balancer.name())))
                .filter(this::serves)
                .map(LoadBalancer::name)
                .toList();
    }

    private boolean serves(LoadBalancer balancer) {
        return balancer.listeners().stream()
                .flatMap(listener -> listener.rules().stream())
                .flatMap(rule -> rule.forward().stream())
                .filter(forward -> forward.weight() > 0)
                .map(Weighted::targetGroup)
                .flatMap(arn -> view.get(Part.TARGET_GROUPS, TargetGroup.class, arn).stream())
                .flatMap(group -> group.targets().stream())
                .anyMatch(target -> targets.contains(target.id()));
    }
}
