package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.ClusterRecords.text;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Listener;
import io.cnishift.api.cluster.LoadBalancer.Rule;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.TargetGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Answers of Elastic Load Balancing as records. Pure. */
final class BalancerRecords {

    /** What ELB itself waits when nothing is set. */
    private static final String DEFAULT_DELAY = "300";

    private BalancerRecords() {}

    static LoadBalancer loadBalancer(
            software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer elb,
            List<Listener> listeners,
            Map<String, String> tags) {
        return new LoadBalancer(
                elb.loadBalancerArn(),
                text(elb.loadBalancerName()),
                text(elb.typeAsString()),
                text(elb.schemeAsString()),
                elb.availabilityZones().stream().map(zone -> zone.subnetId()).toList(),
                elb.securityGroups(),
                listeners,
                tags);
    }

    /** Rules in the order in which they are tried: by priority, the default last. */
    static List<Rule> rules(List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule> rules) {
        return rules.stream()
                .sorted(Comparator.comparingInt(BalancerRecords::priority))
                .map(rule -> new Rule(
                        rule.conditions().stream()
                                .map(BalancerRecords::words)
                                .sorted()
                                .collect(Collectors.joining(" ")),
                        forward(rule.actions())))
                .toList();
    }

    static Rule defaultRule(software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener) {
        return new Rule("", forward(listener.defaultActions()));
    }

    private static int priority(software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule rule) {
        String priority = text(rule.priority());
        return priority.matches("\\d{1,9}") ? Integer.parseInt(priority) : Integer.MAX_VALUE;
    }

    private static String words(RuleCondition condition) {
        String field = text(condition.field());
        return switch (field) {
            case "host-header" ->
                "host="
                        + values(
                                condition,
                                condition.hostHeaderConfig() == null
                                        ? null
                                        : condition.hostHeaderConfig().values());
            case "path-pattern" ->
                "path="
                        + values(
                                condition,
                                condition.pathPatternConfig() == null
                                        ? null
                                        : condition.pathPatternConfig().values());
            case "http-request-method" ->
                "method="
                        + values(
                                condition,
                                condition.httpRequestMethodConfig() == null
                                        ? null
                                        : condition.httpRequestMethodConfig().values());
            case "source-ip" ->
                "source="
                        + values(
                                condition,
                                condition.sourceIpConfig() == null
                                        ? null
                                        : condition.sourceIpConfig().values());
            case "http-header" ->
                condition.httpHeaderConfig() == null
                        ? "header"
                        : "header " + condition.httpHeaderConfig().httpHeaderName() + "="
                                + String.join(",", condition.httpHeaderConfig().values());
            default -> field;
        };
    }

    private static String values(RuleCondition condition, @Nullable List<String> ofConfig) {
        List<String> values = ofConfig == null || ofConfig.isEmpty() ? condition.values() : ofConfig;
        return String.join(",", values);
    }

    private static List<Weighted> forward(List<Action> actions) {
        List<Weighted> to = new ArrayList<>();
        for (Action action : actions) {
            if (action.forwardConfig() != null
                    && !action.forwardConfig().targetGroups().isEmpty()) {
                action.forwardConfig()
                        .targetGroups()
                        .forEach(group -> to.add(
                                new Weighted(group.targetGroupArn(), group.weight() == null ? 1 : group.weight())));
            } else if (action.targetGroupArn() != null) {
                to.add(new Weighted(action.targetGroupArn(), 1));
            }
        }
        return to;
    }

    static TargetGroup targetGroup(
            software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup elb,
            List<TargetHealthDescription> health,
            Map<String, String> attributes,
            Map<String, String> bound,
            Map<String, String> tags) {
        return new TargetGroup(
                elb.targetGroupArn(),
                text(elb.targetGroupName()),
                text(elb.targetTypeAsString()),
                text(elb.protocolAsString()),
                number(elb.port()),
                number(elb.healthCheckIntervalSeconds()),
                number(elb.healthyThresholdCount()),
                Integer.parseInt(attributes.getOrDefault("deregistration_delay.timeout_seconds", DEFAULT_DELAY)),
                health.stream().map(BalancerRecords::target).toList(),
                Optional.ofNullable(bound.get(elb.targetGroupArn())).or(() -> service(tags)),
                tags);
    }

    private static TargetGroup.Target target(TargetHealthDescription described) {
        var health = described.targetHealth();
        return new TargetGroup.Target(
                described.target().id(),
                number(described.target().port()),
                health == null ? "" : text(health.stateAsString()),
                health == null
                        ? ""
                        : Stream.of(text(health.reasonAsString()), text(health.description()))
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(": ")));
    }

    // The load balancer controller names the Service of its network load balancers in a tag. For Ingresses the tag runs
    // names together, so only the TargetGroupBinding tells.
    private static Optional<String> service(Map<String, String> tags) {
        return Optional.ofNullable(tags.get("service.k8s.aws/stack")).filter(stack -> stack.contains("/"));
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
