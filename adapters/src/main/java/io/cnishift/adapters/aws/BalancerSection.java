package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.cluster.LoadBalancer.Listener;
import io.cnishift.api.cluster.LoadBalancer.Rule;
import io.cnishift.api.cluster.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Reads the load balancers that serve a cluster, and their target groups. A target group belongs to the cluster when its tags
 * say so, an Auto Scaling group of the cluster registers with it, or a TargetGroupBinding names it; a load balancer when its
 * tags say so or it forwards to such a target group; and then all its target groups are read.
 */
final class BalancerSection {

    private final AwsRead read;
    private final BalancerApi balancing;
    private final Collected out;

    BalancerSection(AwsRead read) {
        this.read = read;
        this.balancing = read.apis().balancing();
        this.out = read.out();
    }

    void read(Set<Part> parts, Set<String> ofScalingGroups, KubernetesFacts kubernetes) {
        Part first = parts.contains(Part.TARGET_GROUPS) ? Part.TARGET_GROUPS : Part.LOAD_BALANCERS;
        Map<String, String> bound = bound(kubernetes, first);
        List<TargetGroup> groups = out.list(first, "target groups", balancing::targetGroups).stream()
                .filter(group -> group.vpcId() == null || group.vpcId().equals(read.vpc()))
                .toList();
        List<LoadBalancer> balancers = out.list(first, "load balancers", balancing::loadBalancers).stream()
                .filter(balancer -> read.vpc().equals(balancer.vpcId()))
                .toList();
        List<String> arns = Stream.concat(
                        groups.stream().map(TargetGroup::targetGroupArn),
                        balancers.stream().map(LoadBalancer::loadBalancerArn))
                .toList();
        Map<String, Map<String, String>> tags = out.attempt(first, "tags of load balancers", () -> balancing.tags(arns))
                .orElse(Map.of());

        Set<String> ours = new HashSet<>(ofScalingGroups);
        ours.addAll(bound.keySet());
        tags.forEach((arn, of) -> {
            if (Tags.ofCluster(of, read.name())) {
                ours.add(arn);
            }
        });
        Set<String> serving = balancers.stream()
                .map(LoadBalancer::loadBalancerArn)
                .filter(arn -> ours.contains(arn) || forwardsTo(arn, groups, ours))
                .collect(Collectors.toSet());
        if (parts.contains(Part.LOAD_BALANCERS)) {
            balancers.stream()
                    .filter(balancer -> serving.contains(balancer.loadBalancerArn()))
                    .forEach(balancer -> out.add(BalancerRecords.loadBalancer(
                            balancer, listeners(balancer), tags.getOrDefault(balancer.loadBalancerArn(), Map.of()))));
        }
        if (parts.contains(Part.TARGET_GROUPS)) {
            groups.stream()
                    .filter(group -> ours.contains(group.targetGroupArn())
                            || group.loadBalancerArns().stream().anyMatch(serving::contains))
                    .forEach(group -> add(group, tags.getOrDefault(group.targetGroupArn(), Map.of()), bound));
        }
    }

    // When the API server does not tell, the part of the bindings says so; here only the consequence is worth a word.
    private Map<String, String> bound(KubernetesFacts kubernetes, Part part) {
        try {
            return kubernetes.boundTargetGroups();
        } catch (CallFailure failure) {
            out.gap(
                    part,
                    "target groups of TargetGroupBindings",
                    "bindings could not be read: " + failure.fault().reason(),
                    failure.fault().remedy());
            return Map.of();
        }
    }

    private static boolean forwardsTo(String balancer, List<TargetGroup> groups, Set<String> ours) {
        return groups.stream()
                .anyMatch(group -> ours.contains(group.targetGroupArn())
                        && group.loadBalancerArns().contains(balancer));
    }

    private void add(TargetGroup group, Map<String, String> tags, Map<String, String> bound) {
        String arn = group.targetGroupArn();
        out.add(BalancerRecords.targetGroup(
                group,
                out.list(Part.TARGET_GROUPS, "health of " + group.targetGroupName(), () -> balancing.health(arn)),
                out.attempt(
                                Part.TARGET_GROUPS,
                                "attributes of " + group.targetGroupName(),
                                () -> balancing.attributes(arn))
                        .orElse(Map.of()),
                bound,
                tags));
    }

    private List<Listener> listeners(LoadBalancer balancer) {
        List<Listener> listeners = new ArrayList<>();
        String subject = "listeners of " + balancer.loadBalancerName();
        for (software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener :
                out.list(Part.LOAD_BALANCERS, subject, () -> balancing.listeners(balancer.loadBalancerArn()))) {
            // Only application load balancers have rules; others forward by the listener itself.
            List<Rule> rules = "application".equals(balancer.typeAsString())
                    ? BalancerRecords.rules(out.list(
                            Part.LOAD_BALANCERS,
                            "rules of " + balancer.loadBalancerName(),
                            () -> balancing.rules(listener.listenerArn())))
                    : List.of(BalancerRecords.defaultRule(listener));
            listeners.add(new Listener(
                    listener.port() == null ? 0 : listener.port(),
                    ClusterRecords.text(listener.protocolAsString()),
                    rules));
        }
        return listeners;
    }
}
