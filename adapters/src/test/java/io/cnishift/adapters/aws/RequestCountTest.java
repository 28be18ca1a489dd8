package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;

import io.cnishift.api.cluster.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Requests grow with pages, never with nodes. */
final class RequestCountTest {

    @Test
    void asksAwsNoMoreForTwoHundredNodesThanForTwo() {
        assertThat(requests(200)).isEqualTo(requests(2)).isLessThan(40);
    }

    private static long requests(int nodes) {
        MockAws aws = new MockAws();
        List<String> ids = IntStream.range(0, nodes).mapToObj(i -> "i-" + i).toList();
        doReturn(DescribeAutoScalingGroupsResponse.builder()
                        .autoScalingGroups(group(ids))
                        .build())
                .when(aws.autoScaling)
                .describeAutoScalingGroups(any(DescribeAutoScalingGroupsRequest.class));
        List<Instance> instances = ids.stream()
                .map(id -> Instance.builder()
                        .instanceId(id)
                        .subnetId("subnet-1")
                        .iamInstanceProfile(profile -> profile.arn("arn:aws:iam::123456789012:instance-profile/node"))
                        .build())
                .toList();
        doReturn(DescribeInstancesResponse.builder()
                        .reservations(r -> r.instances(instances))
                        .build())
                .when(aws.ec2)
                .describeInstances(any(DescribeInstancesRequest.class));
        List<NetworkInterface> interfaces = ids.stream()
                .map(id -> NetworkInterface.builder()
                        .networkInterfaceId("eni-of-" + id)
                        .subnetId("subnet-1")
                        .attachment(attachment -> attachment.instanceId(id))
                        .build())
                .toList();
        doReturn(DescribeNetworkInterfacesResponse.builder()
                        .networkInterfaces(interfaces)
                        .build())
                .when(aws.ec2)
                .describeNetworkInterfaces(any(DescribeNetworkInterfacesRequest.class));

        assertThat(MockAws.all(aws.read(Part.values()), io.cnishift.api.cluster.Instance.class))
                .hasSize(nodes);
        return aws.metrics.requests();
    }

    private static AutoScalingGroup group(List<String> ids) {
        return AutoScalingGroup.builder()
                .autoScalingGroupName("own")
                .minSize(0)
                .maxSize(300)
                .desiredCapacity(ids.size())
                .tags(TagDescription.builder()
                        .key("kubernetes.io/cluster/shop")
                        .value("owned")
                        .build())
                .instances(ids.stream()
                        .map(id -> software.amazon.awssdk.services.autoscaling.model.Instance.builder()
                                .instanceId(id)
                                .build())
                        .toList())
                .build();
    }
}
