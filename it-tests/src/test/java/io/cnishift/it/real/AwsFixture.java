package io.cnishift.it.real;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.TaintEffect;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * A cluster in the emulator: one VPC, two subnets, a peered VPC, a managed node group and a self-managed one with two
 * instances each, an application load balancer. Beside it a second cluster's Auto Scaling group, which must not be read.
 */
final class AwsFixture implements AutoCloseable {

    static final String CLUSTER = "shop";
    static final String REGION = AwsClients.REGION;
    static final String KEY = AwsClients.KEY;
    static final String SECRET_IN_USER_DATA = "hunter2";

    private static final String NODE_CONFIG = """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="B"

            --B
            Content-Type: text/x-shellscript

            #!/bin/bash
            export TOKEN=hunter2

            --B
            Content-Type: application/node.eks.aws

            apiVersion: node.eks.aws/v1alpha1
            kind: NodeConfig
            spec:
              kubelet:
                config:
                  maxPods: 58
                flags:
                - --node-labels=team=shop

            --B--
            """;

    private final AwsClients clients;
    private final EksClient eks;
    private final Ec2Client ec2;
    private final AutoScalingClient scaling;
    private final ElasticLoadBalancingV2Client balancing;
    private String vpc = "";
    private List<String> subnets = List.of();
    private List<String> instances = List.of();

    AwsFixture(URI endpoint) {
        clients = new AwsClients(endpoint);
        eks = clients.eks();
        ec2 = clients.ec2();
        scaling = clients.scaling();
        balancing = clients.balancing();
    }

    List<String> subnets() {
        return subnets;
    }

    /** Ids of all instances of the cluster. */
    List<String> instances() {
        return instances;
    }

    void make() {
        vpc = ec2.createVpc(r -> r.cidrBlock("10.7.0.0/16")).vpc().vpcId();
        subnets = List.of(subnet("10.7.0.0/24", "a"), subnet("10.7.1.0/26", "b"));
        peer();
        eks.createCluster(r -> r.name(CLUSTER)
                .version("1.33")
                .roleArn("arn:aws:iam::123456789012:role/cluster")
                .resourcesVpcConfig(v -> v.subnetIds(subnets).endpointPrivateAccess(true)));
        String template = template();
        group(managedGroup(), template, Map.of("eks:cluster-name", CLUSTER, "eks:nodegroup-name", "general"));
        group("own", template, Map.of("kubernetes.io/cluster/" + CLUSTER, "owned"));
        group("stranger", template, Map.of("kubernetes.io/cluster/other", "owned"));
        instances = scaling.describeAutoScalingGroups().autoScalingGroups().stream()
                .filter(group -> !group.autoScalingGroupName().equals("stranger"))
                .flatMap(group -> group.instances().stream())
                .map(instance -> instance.instanceId())
                .toList();
        loadBalancer();
    }

    private String subnet(String block, String zone) {
        return ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock(block).availabilityZone(REGION + zone))
                .subnet()
                .subnetId();
    }

    private void peer() {
        String other = ec2.createVpc(r -> r.cidrBlock("10.9.0.0/16")).vpc().vpcId();
        String peering = ec2.createVpcPeeringConnection(r -> r.vpcId(vpc).peerVpcId(other))
                .vpcPeeringConnection()
                .vpcPeeringConnectionId();
        ec2.acceptVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    }

    /** The name of the group's Auto Scaling group, which the emulator names but does not make. */
    private String managedGroup() {
        return eks.createNodegroup(r -> r.clusterName(CLUSTER)
                        .nodegroupName("general")
                        .nodeRole("arn:aws:iam::123456789012:role/node")
                        .subnets(subnets)
                        .instanceTypes("m5.large")
                        .labels(Map.of("pool", "general"))
                        .taints(t -> t.key("dedicated").value("a").effect(TaintEffect.NO_SCHEDULE))
                        .scalingConfig(s -> s.minSize(1).maxSize(4).desiredSize(2)))
                .nodegroup()
                .resources()
                .autoScalingGroups()
                .get(0)
                .name();
    }

    private void group(String name, String template, Map<String, String> tags) {
        scaling.createAutoScalingGroup(r -> r.autoScalingGroupName(name)
                .minSize(0)
                .maxSize(3)
                .desiredCapacity(2)
                .vpcZoneIdentifier(String.join(",", subnets))
                .launchTemplate(t -> t.launchTemplateId(template).version("1"))
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .propagateAtLaunch(true)
                                .resourceId(name)
                                .resourceType("auto-scaling-group")
                                .build())
                        .toList()));
    }

    private String template() {
        String image =
                ec2.describeImages(r -> r.owners("amazon")).images().get(0).imageId();
        String userData = Base64.getEncoder().encodeToString(NODE_CONFIG.getBytes(StandardCharsets.UTF_8));
        return ec2.createLaunchTemplate(r -> r.launchTemplateName("own")
                        .launchTemplateData(d -> d.imageId(image)
                                .instanceType("m5.large")
                                .userData(userData)
                                .metadataOptions(m -> m.httpPutResponseHopLimit(2))))
                .launchTemplate()
                .launchTemplateId();
    }

    private void loadBalancer() {
        var mark = software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag.builder()
                .key("elbv2.k8s.aws/cluster")
                .value(CLUSTER)
                .build();
        String balancer = balancing
                .createLoadBalancer(r -> r.name("web").subnets(subnets).tags(mark))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        String group = balancing
                .createTargetGroup(r -> r.name("web")
                        .vpcId(vpc)
                        .protocol(ProtocolEnum.HTTP)
                        .port(30080)
                        .targetType(TargetTypeEnum.INSTANCE)
                        .tags(mark))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        balancing.registerTargets(
                r -> r.targetGroupArn(group).targets(t -> t.id(instances.get(0)).port(30080)));
        balancing.createListener(r -> r.loadBalancerArn(balancer)
                .port(80)
                .protocol(ProtocolEnum.HTTP)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
    }

    @Override
    public void close() {
        clients.close();
    }
}
