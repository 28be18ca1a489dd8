package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** The requests to Elastic Load Balancing (application and network load balancers). */
final class BalancerApi {

    private static final int PAGE = 400;
    private static final int ARNS_IN_A_REQUEST = 20;

    private final Supplier<ElasticLoadBalancingV2Client> client;
    private final Calls calls;

    BalancerApi(Supplier<ElasticLoadBalancingV2Client> client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    List<LoadBalancer> loadBalancers() {
        return Pages.all(
                marker -> {
                    DescribeLoadBalancersRequest request = DescribeLoadBalancersRequest.builder()
                            .pageSize(PAGE)
                            .marker(marker)
                            .build();
                    return call("DescribeLoadBalancers", () -> client.get().describeLoadBalancers(request));
                },
                DescribeLoadBalancersResponse::loadBalancers,
                DescribeLoadBalancersResponse::nextMarker);
    }

    List<TargetGroup> targetGroups() {
        return Pages.all(
                marker -> {
                    DescribeTargetGroupsRequest request = DescribeTargetGroupsRequest.builder()
                            .pageSize(PAGE)
                            .marker(marker)
                            .build();
                    return call("DescribeTargetGroups", () -> client.get().describeTargetGroups(request));
                },
                DescribeTargetGroupsResponse::targetGroups,
                DescribeTargetGroupsResponse::nextMarker);
    }

    /** The target group of that name; ELB answers with an error when there is none. */
    List<TargetGroup> named(String name) {
        return described(DescribeTargetGroupsRequest.builder().names(name).build());
    }

    /** The target group of that ARN, in the same way. */
    List<TargetGroup> of(String arn) {
        return described(
                DescribeTargetGroupsRequest.builder().targetGroupArns(arn).build());
    }

    private List<TargetGroup> described(DescribeTargetGroupsRequest request) {
        return call(
                "DescribeTargetGroups",
                () -> client.get().describeTargetGroups(request).targetGroups());
    }

    /** The tags of each of these load balancers or target groups. */
    Map<String, Map<String, String>> tags(Collection<String> arns) {
        Map<String, Map<String, String>> tags = new LinkedHashMap<>();
        for (TagDescription described : Pages.batches(arns, ARNS_IN_A_REQUEST, this::tagsOf)) {
            tags.put(
                    described.resourceArn(),
                    described.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b)));
        }
        return tags;
    }

    private List<TagDescription> tagsOf(List<String> arns) {
        DescribeTagsRequest request =
                DescribeTagsRequest.builder().resourceArns(arns).build();
        return call("DescribeTags", () -> client.get().describeTags(request).tagDescriptions());
    }

    List<Listener> listeners(String loadBalancer) {
        return Pages.all(
                marker -> {
                    DescribeListenersRequest request = DescribeListenersRequest.builder()
                            .loadBalancerArn(loadBalancer)
                            .pageSize(PAGE)
                            .marker(marker)
                            .build();
                    return call("DescribeListeners", () -> client.get().describeListeners(request));
                },
                DescribeListenersResponse::listeners,
                DescribeListenersResponse::nextMarker);
    }

    List<Rule> rules(String listener) {
        return Pages.all(
                marker -> {
                    DescribeRulesRequest request = DescribeRulesRequest.builder()
                            .listenerArn(listener)
                            .pageSize(PAGE)
                            .marker(marker)
                            .build();
                    return call("DescribeRules", () -> client.get().describeRules(request));
                },
                DescribeRulesResponse::rules,
                DescribeRulesResponse::nextMarker);
    }

    List<TargetHealthDescription> health(String targetGroup) {
        DescribeTargetHealthRequest request = DescribeTargetHealthRequest.builder()
                .targetGroupArn(targetGroup)
                .build();
        return call(
                "DescribeTargetHealth",
                () -> client.get().describeTargetHealth(request).targetHealthDescriptions());
    }

    Map<String, String> attributes(String targetGroup) {
        DescribeTargetGroupAttributesRequest request = DescribeTargetGroupAttributesRequest.builder()
                .targetGroupArn(targetGroup)
                .build();
        return call(
                        "DescribeTargetGroupAttributes",
                        () -> client.get()
                                .describeTargetGroupAttributes(request)
                                .attributes())
                .stream()
                .collect(Collectors.toMap(a -> a.key(), a -> String.valueOf(a.value()), (a, b) -> b));
    }

    private <T> T call(String action, Supplier<T> request) {
        return calls.call(Operation.aws("elasticloadbalancing", action), request);
    }
}
