package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;

import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Rule;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.port.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

final class BalancerSectionTest {

    private final MockAws aws = new MockAws();

    BalancerSectionTest() {
        doReturn(DescribeLoadBalancersResponse.builder()
                        .loadBalancers(
                                b -> b.loadBalancerArn("alb")
                                        .loadBalancerName("alb")
                                        .vpcId("vpc-1")
                                        .type(LoadBalancerTypeEnum.APPLICATION)
                                        .availabilityZones(z -> z.subnetId("subnet-1")),
                                b -> b.loadBalancerArn("strange").vpcId("vpc-1"),
                                b -> b.loadBalancerArn("elsewhere").vpcId("vpc-2"))
                        .build())
                .when(aws.loadBalancing)
                .describeLoadBalancers(any(DescribeLoadBalancersRequest.class));
        doReturn(DescribeTargetGroupsResponse.builder()
                        .targetGroups(
                                g -> g.targetGroupArn("tg-1")
                                        .targetGroupName("tg-1")
                                        .vpcId("vpc-1")
                                        .targetType(TargetTypeEnum.IP)
                                        .protocol(ProtocolEnum.HTTP)
                                        .port(8080)
                                        .healthCheckIntervalSeconds(15)
                                        .healthyThresholdCount(2)
                                        .loadBalancerArns("alb"),
                                g -> g.targetGroupArn("tg-2").vpcId("vpc-1").loadBalancerArns("alb"),
                                g -> g.targetGroupArn("tg-strange")
                                        .vpcId("vpc-1")
                                        .loadBalancerArns("strange"))
                        .build())
                .when(aws.loadBalancing)
                .describeTargetGroups(any(DescribeTargetGroupsRequest.class));
    }

    @Test
    void readsWhatTheClustersTagsMark() {
        tags("alb", "elbv2.k8s.aws/cluster", "shop");

        Reading reading = aws.read(Part.LOAD_BALANCERS, Part.TARGET_GROUPS);

        assertThat(MockAws.all(reading, LoadBalancer.class))
                .extracting(LoadBalancer::arn)
                .containsExactly("alb");
        // All target groups of a load balancer of the cluster belong with it, tagged or not.
        assertThat(MockAws.all(reading, TargetGroup.class))
                .extracting(TargetGroup::arn)
                .containsExactly("tg-1", "tg-2");
        assertThat(reading.unknown()).isEmpty();
    }

    @Test
    void readsWhatAScalingGroupRegistersWith() {
        doReturn(DescribeAutoScalingGroupsResponse.builder()
                        .autoScalingGroups(g -> g.autoScalingGroupName("own")
                                .targetGroupARNs("tg-1")
                                .tags(t -> t.key("kubernetes.io/cluster/shop").value("owned")))
                        .build())
                .when(aws.autoScaling)
                .describeAutoScalingGroups(any(DescribeAutoScalingGroupsRequest.class));

        assertThat(MockAws.all(aws.read(Part.LOAD_BALANCERS), LoadBalancer.class))
                .extracting(LoadBalancer::arn)
                .containsExactly("alb");
    }

    @Test
    void readsWhatATargetGroupBindingNames() {
        KubernetesFacts bound = new KubernetesFacts() {
            @Override
            public String kubeSystemUid() {
                return "uid-1";
            }

            @Override
            public Map<String, String> boundTargetGroups() {
                return Map.of("tg-1", "shop/web");
            }
        };

        Reading reading = aws.read(bound, Part.TARGET_GROUPS);

        assertThat(MockAws.all(reading, TargetGroup.class).get(0).service()).contains("shop/web");
    }

    @Test
    void readsListenersWithRulesInTheOrderInWhichTheyAreTried() {
        tags("alb", "elbv2.k8s.aws/cluster", "shop");
        doReturn(DescribeListenersResponse.builder()
                        .listeners(l -> l.listenerArn("listener").port(443).protocol(ProtocolEnum.HTTPS))
                        .build())
                .when(aws.loadBalancing)
                .describeListeners(any(DescribeListenersRequest.class));
        doReturn(DescribeRulesResponse.builder()
                        .rules(
                                r -> r.priority("default")
                                        .isDefault(true)
                                        .actions(a -> a.type(ActionTypeEnum.FIXED_RESPONSE)),
                                r -> r.priority("10")
                                        .conditions(c -> c.field("path-pattern").values("/b"))
                                        .actions(a -> a.targetGroupArn("tg-2")),
                                r -> r.priority("9")
                                        .conditions(
                                                c -> c.field("path-pattern")
                                                        .pathPatternConfig(p -> p.values("/a", "/a/*")),
                                                c -> c.field("host-header")
                                                        .hostHeaderConfig(h -> h.values("a.example")))
                                        .actions(a -> a.forwardConfig(f -> f.targetGroups(
                                                g -> g.targetGroupArn("tg-1").weight(90),
                                                g -> g.targetGroupArn("tg-2").weight(10)))))
                        .build())
                .when(aws.loadBalancing)
                .describeRules(any(DescribeRulesRequest.class));

        LoadBalancer balancer = MockAws.one(aws.read(Part.LOAD_BALANCERS), LoadBalancer.class);

        assertThat(balancer.listeners().get(0).rules())
                .containsExactly(
                        new Rule(
                                "host=a.example path=/a,/a/*",
                                List.of(new Weighted("tg-1", 90), new Weighted("tg-2", 10))),
                        new Rule("path=/b", List.of(new Weighted("tg-2", 1))),
                        new Rule("", List.of()));
    }

    @Test
    void readsTargetsWithTheirHealth() {
        tags("tg-1", "service.k8s.aws/stack", "shop/web", "elbv2.k8s.aws/cluster", "shop");
        doReturn(DescribeTargetHealthResponse.builder()
                        .targetHealthDescriptions(
                                t -> t.target(d -> d.id("10.0.0.7").port(8080))
                                        .targetHealth(h -> h.state(TargetHealthStateEnum.UNHEALTHY)
                                                .reason("Target.Timeout")
                                                .description("Request timed out")))
                        .build())
                .when(aws.loadBalancing)
                .describeTargetHealth(any(DescribeTargetHealthRequest.class));
        doReturn(DescribeTargetGroupAttributesResponse.builder()
                        .attributes(a ->
                                a.key("deregistration_delay.timeout_seconds").value("30"))
                        .build())
                .when(aws.loadBalancing)
                .describeTargetGroupAttributes(any(DescribeTargetGroupAttributesRequest.class));

        TargetGroup group =
                MockAws.all(aws.read(Part.TARGET_GROUPS), TargetGroup.class).get(0);

        assertThat(group.targets())
                .containsExactly(
                        new TargetGroup.Target("10.0.0.7", 8080, "unhealthy", "Target.Timeout: Request timed out"));
        assertThat(group.deregistrationDelaySeconds()).isEqualTo(30);
        assertThat(group.service()).contains("shop/web");
        assertThat(group.targetType()).isEqualTo("ip");
    }

    @Test
    void withoutTagsNothingIsTakenForTheClusters() {
        doThrow(AwsErrors.denied()).when(aws.loadBalancing).describeTags(any(DescribeTagsRequest.class));

        Reading reading = aws.read(Part.LOAD_BALANCERS);

        assertThat(reading.resources()).isEmpty();
        assertThat(MockAws.gap(reading, Part.LOAD_BALANCERS).remedy()).contains("elasticloadbalancing:DescribeTags");
    }

    private void tags(String arn, String... keysAndValues) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.add(Tag.builder()
                    .key(keysAndValues[i])
                    .value(keysAndValues[i + 1])
                    .build());
        }
        doReturn(DescribeTagsResponse.builder()
                        .tagDescriptions(d -> d.resourceArn(arn).tags(tags))
                        .build())
                .when(aws.loadBalancing)
                .describeTags(any(DescribeTagsRequest.class));
    }
}
