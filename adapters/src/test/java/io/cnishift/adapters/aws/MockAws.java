package io.cnishift.adapters.aws;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mockito.invocation.InvocationOnMock;
import org.mockito.stubbing.Answer;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.DescribeClusterRequest;
import software.amazon.awssdk.services.eks.model.DescribeClusterResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.route53.Route53Client;

/** AWS without anything in it but one cluster: every list is empty until a test says otherwise. */
final class MockAws implements AwsClients {

    static final Cluster SHOP = Cluster.builder()
            .name("shop")
            .arn("arn:aws:eks:eu-central-1:123456789012:cluster/shop")
            .version("1.33")
            .status(ClusterStatus.ACTIVE)
            .endpoint("https://shop.example")
            .kubernetesNetworkConfig(n -> n.serviceIpv4Cidr("172.20.0.0/16"))
            .resourcesVpcConfig(v -> v.vpcId("vpc-1")
                    .subnetIds("subnet-1", "subnet-2")
                    .clusterSecurityGroupId("sg-cluster")
                    .endpointPrivateAccess(true))
            .build();

    final EksClient eks = empty(EksClient.class);
    final Ec2Client ec2 = empty(Ec2Client.class);
    final AutoScalingClient autoScaling = empty(AutoScalingClient.class);
    final ElasticLoadBalancingV2Client loadBalancing = empty(ElasticLoadBalancingV2Client.class);
    final IamClient iam = empty(IamClient.class);
    final Route53Client names;
    final CallMetrics metrics = new CallMetrics();
    final FakeTime time = new FakeTime();

    MockAws() {
        this(empty(Route53Client.class));
    }

    /** With a client of Route 53 that answers. */
    MockAws(Route53Client names) {
        this.names = names;
        doReturn(DescribeClusterResponse.builder().cluster(SHOP).build())
                .when(eks)
                .describeCluster(any(DescribeClusterRequest.class));
    }

    private static <C> C empty(Class<C> client) {
        return mock(client, withSettings().defaultAnswer(new EmptyResponses()).stubOnly());
    }

    /** Answers every request with its empty response. */
    private static final class EmptyResponses implements Answer<Object> {
        @Override
        public Object answer(InvocationOnMock invocation) throws Throwable {
            Class<?> type = invocation.getMethod().getReturnType();
            if (!SdkResponse.class.isAssignableFrom(type)) {
                return null;
            }
            return ((SdkResponse.Builder) type.getMethod("builder").invoke(null)).build();
        }
    }

    Reading read(Part... parts) {
        return read(new NoFacts(), parts);
    }

    Reading read(KubernetesFacts facts, Part... parts) {
        AwsApis apis = AwsApis.of(this, calls());
        ClusterLookup lookup = new ClusterLookup(apis.eks(), "shop", "eu-central-1");
        return new AwsReader(apis, lookup, facts).read(Set.of(parts));
    }

    Calls calls() {
        return new ResilientCalls(time, new AwsFaults(), Limits.STANDARD, metrics);
    }

    /** How often an operation was asked for. */
    long calls(String operation) {
        return metrics.calls(operation);
    }

    static <R extends Resource> List<R> all(Reading reading, Class<R> type) {
        return reading.resources().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static <R extends Resource> R one(Reading reading, Class<R> type) {
        List<R> all = all(reading, type);
        if (all.size() != 1) {
            throw new AssertionError("not one " + type.getSimpleName() + " but " + all);
        }
        return all.get(0);
    }

    static Unknown gap(Reading reading, Part part) {
        return reading.unknown().stream()
                .filter(u -> u.part() == part)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing unknown of " + part + " in " + reading.unknown()));
    }

    /** An API server that knows one UID and no binding. */
    record NoFacts() implements KubernetesFacts {
        @Override
        public String kubeSystemUid() {
            return "uid-1";
        }

        @Override
        public Map<String, String> boundTargetGroups() {
            return Map.of();
        }
    }

    @Override
    public EksClient eks() {
        return eks;
    }

    @Override
    public Ec2Client ec2() {
        return ec2;
    }

    @Override
    public AutoScalingClient autoScaling() {
        return autoScaling;
    }

    @Override
    public ElasticLoadBalancingV2Client loadBalancing() {
        return loadBalancing;
    }

    @Override
    public IamClient iam() {
        return iam;
    }

    @Override
    public Route53Client names() {
        return names;
    }
}
