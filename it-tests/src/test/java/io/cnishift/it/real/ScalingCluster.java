package io.cnishift.it.real;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.it.node.Machine;
import io.cnishift.it.node.Machines;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/**
 * A cluster in the emulator whose machines are those of its own Auto Scaling groups: the emulator launches none for a managed node
 * group.
 */
final class ScalingCluster implements Machines, AutoCloseable {

    static final String GROUP = "workers";
    private static final int SIZE = 3;

    private static final String NODE_CONFIG = """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="B"

            --B
            Content-Type: application/node.eks.aws

            apiVersion: node.eks.aws/v1alpha1
            kind: NodeConfig
            spec:
              cluster:
                name: %s
              kubelet:
                config:
                  maxPods: 17
                flags:
                - --node-labels=team=shop

            --B--
            """;

    private final AwsClients clients;
    private final String name;
    private final Map<String, Cidr> blocks = new HashMap<>();
    private final Map<String, Long> given = new HashMap<>();

    ScalingCluster(AwsClients clients, String name) {
        this.clients = clients;
        this.name = name;
    }

    void make() {
        String vpc =
                clients.ec2().createVpc(r -> r.cidrBlock("10.7.0.0/16")).vpc().vpcId();
        List<String> subnets = List.of(subnet(vpc, "10.7.0.0/24", "a"), subnet(vpc, "10.7.1.0/24", "b"));
        route(vpc, subnets.get(1));
        clients.eks()
                .createCluster(r -> r.name(name)
                        .version("1.33")
                        .roleArn("arn:aws:iam::123456789012:role/cluster")
                        .resourcesVpcConfig(v -> v.subnetIds(subnets).endpointPrivateAccess(true)));
        String template = template();
        String mark = "kubernetes.io/cluster/" + name;
        clients.scaling()
                .createAutoScalingGroup(r -> r.autoScalingGroupName(GROUP)
                        .minSize(1)
                        .maxSize(6)
                        .desiredCapacity(SIZE)
                        .vpcZoneIdentifier(String.join(",", subnets))
                        .launchTemplate(t -> t.launchTemplateId(template).version("1"))
                        .tags(Tag.builder()
                                .key(mark)
                                .value("owned")
                                .propagateAtLaunch(true)
                                .resourceId(GROUP)
                                .resourceType("auto-scaling-group")
                                .build()));
    }

    private String subnet(String vpc, String block, String zone) {
        String id = clients.ec2()
                .createSubnet(r -> r.vpcId(vpc).cidrBlock(block).availabilityZone(AwsClients.REGION + zone))
                .subnet()
                .subnetId();
        blocks.put(id, Cidr.parse(block));
        return id;
    }

    /** The way to images and to the internet. */
    private void route(String vpc, String subnet) {
        String gateway = clients.ec2()
                .createNatGateway(r -> r.subnetId(subnet).connectivityType(ConnectivityType.PRIVATE))
                .natGateway()
                .natGatewayId();
        String table = clients.ec2()
                .describeRouteTables(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
                .routeTables()
                .get(0)
                .routeTableId();
        clients.ec2()
                .createRoute(r ->
                        r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").natGatewayId(gateway));
    }

    private String template() {
        String image = clients.ec2()
                .describeImages(r -> r.owners("amazon"))
                .images()
                .get(0)
                .imageId();
        String userData =
                Base64.getEncoder().encodeToString(NODE_CONFIG.formatted(name).getBytes(StandardCharsets.UTF_8));
        return clients.ec2()
                .createLaunchTemplate(r -> r.launchTemplateName(name)
                        .launchTemplateData(d -> d.imageId(image)
                                .instanceType("m5.large")
                                .userData(userData)
                                .metadataOptions(m -> m.httpPutResponseHopLimit(2))))
                .launchTemplate()
                .launchTemplateId();
    }

    /** The names of its groups. */
    List<String> groups() {
        return clients.scaling().describeAutoScalingGroups().autoScalingGroups().stream()
                .map(AutoScalingGroup::autoScalingGroupName)
                .toList();
    }

    /** What its groups are and may do. */
    List<String> settings() {
        return clients.scaling().describeAutoScalingGroups().autoScalingGroups().stream()
                .map(g -> "group " + g.autoScalingGroupName() + " " + g.minSize() + " to " + g.maxSize() + ", now "
                        + g.desiredCapacity() + ", version "
                        + g.launchTemplate().version() + ", suspended "
                        + g.suspendedProcesses().stream()
                                .map(SuspendedProcess::processName)
                                .sorted()
                                .toList())
                .toList();
    }

    @Override
    public List<Machine> running() {
        Map<String, String> userData = new HashMap<>();
        for (AutoScalingGroup group :
                clients.scaling().describeAutoScalingGroups().autoScalingGroups()) {
            String data = userData(group);
            group.instances().forEach(i -> userData.put(i.instanceId(), data));
        }
        return instances()
                .filter(i -> i.state().name() == InstanceStateName.RUNNING)
                .filter(i -> userData.containsKey(i.instanceId()))
                .map(i -> new Machine(
                        i.instanceId(),
                        i.placement().availabilityZone(),
                        i.instanceTypeAsString(),
                        i.privateIpAddress(),
                        userData.get(i.instanceId())))
                .toList();
    }

    private Stream<Instance> instances() {
        return clients.ec2().describeInstances().reservations().stream().flatMap(r -> r.instances().stream());
    }

    /** Of the version that the group launches, which is what its machines were launched from: no group here changes it. */
    private String userData(AutoScalingGroup group) {
        return clients
                .ec2()
                .describeLaunchTemplateVersions(
                        r -> r.launchTemplateId(group.launchTemplate().launchTemplateId())
                                .versions(group.launchTemplate().version()))
                .launchTemplateVersions()
                .stream()
                .map((LaunchTemplateVersion v) -> v.launchTemplateData().userData())
                .findFirst()
                .orElse("");
    }

    /** From the end of the subnet's block; machines get theirs from its beginning. */
    @Override
    public String secondaryAddress(String instance) {
        Instance machine = instances()
                .filter(i -> i.instanceId().equals(instance))
                .findFirst()
                .orElseThrow();
        Cidr block = blocks.get(machine.subnetId());
        long behind = given.merge(machine.subnetId(), 1L, Long::sum);
        String address = block.address(block.size() - 1 - behind);
        clients.ec2()
                .assignPrivateIpAddresses(r -> r.networkInterfaceId(
                                machine.networkInterfaces().get(0).networkInterfaceId())
                        .privateIpAddresses(address));
        return address;
    }

    @Override
    public void close() {
        clients.close();
    }
}
