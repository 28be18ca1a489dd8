package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Interfaces;
import io.cnishift.simulator.elb.Stack.Backend;
import io.cnishift.simulator.kube.Hashes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New load balancers and target groups. A load balancer takes an address in a subnet of each zone. */
final class BalancerMaker {

    private final Kernel kernel;
    private final Cloud cloud;
    private final Interfaces interfaces;
    private final FrontGroups fronts;

    BalancerMaker(Kernel kernel, FrontGroups fronts) {
        this.kernel = kernel;
        this.fronts = fronts;
        cloud = Cloud.of(kernel);
        interfaces = new Interfaces(cloud);
    }

    LoadBalancer make(Stack stack) {
        boolean network = stack.type().equals("network");
        String name = name(stack.id());
        String hash = cloud.ids().hex(16);
        List<String> securityGroups = List.of(fronts.make(stack, name));
        List<String> subnets = subnets();
        String path = (network ? "net/" : "app/") + name + "/" + hash;
        for (String subnet : subnets) {
            interfaces.create(new Interfaces.Wanted(
                    subnet,
                    network ? "network_load_balancer" : "interface",
                    "ELB " + path,
                    Optional.empty(),
                    0,
                    0,
                    securityGroups));
        }
        LoadBalancer made = new LoadBalancer(
                arn("loadbalancer/" + path),
                name,
                stack.type(),
                stack.scheme(),
                subnets,
                securityGroups,
                List.of(),
                Map.of("elbv2.k8s.aws/cluster", cluster().name(), stack.stackTag(), stack.id()));
        cloud.put(made);
        return made;
    }

    void unmake(LoadBalancer balancer) {
        String path = balancer.arn().substring(balancer.arn().indexOf(":loadbalancer/") + ":loadbalancer/".length());
        List.copyOf(cloud.view().all(Part.NETWORK_INTERFACES, NetworkInterface.class)).stream()
                .filter(i -> i.description().equals("ELB " + path))
                .forEach(i -> interfaces.delete(i.id()));
    }

    TargetGroup group(Stack stack, Backend backend) {
        String name = groupName(stack, backend);
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("elbv2.k8s.aws/cluster", cluster().name());
        tags.put(stack.stackTag(), stack.id());
        tags.put(stack.resourceTag(), backend.resource());
        return new TargetGroup(
                arn("targetgroup/" + name + "/" + cloud.ids().hex(16)),
                name,
                backend.targetType(),
                backend.protocol(),
                backend.trafficPort(),
                backend.healthCheckSeconds(),
                backend.healthyThreshold(),
                backend.deregistrationDelaySeconds(),
                List.of(),
                Optional.of(backend.namespace() + "/" + backend.service()),
                tags);
    }

    /** The controller hashes what tells a group from others, so one that is made again has the name it had. */
    private String groupName(Stack stack, Backend backend) {
        return kernel.snapshot().targetGroups().stream()
                .filter(g -> backend.resource().equals(g.tags().get(stack.resourceTag()))
                        && stack.id().equals(g.tags().get(stack.stackTag()))
                        && g.targetType().equals(backend.targetType())
                        && g.protocol().equals(backend.protocol()))
                .map(TargetGroup::name)
                .findFirst()
                .orElseGet(() -> "k8s-" + shortened(backend.namespace()) + "-" + shortened(backend.service()) + "-"
                        + Hashes.template(
                                List.of(stack.id(), backend.resource(), backend.targetType(), backend.protocol())));
    }

    /** One subnet per zone, the one with most free addresses. */
    private List<String> subnets() {
        Map<String, Subnet> best = new LinkedHashMap<>();
        for (Subnet subnet : cloud.view().subnets()) {
            Subnet other = best.get(subnet.availabilityZone());
            if (other == null || other.freeAddresses() < subnet.freeAddresses()) {
                best.put(subnet.availabilityZone(), subnet);
            }
        }
        return best.values().stream().map(Subnet::id).toList();
    }

    private Cluster cluster() {
        return cloud.view().cluster();
    }

    private String arn(String resource) {
        return "arn:" + cluster().partition() + ":elasticloadbalancing:"
                + cluster().region() + ":" + cluster().account() + ":" + resource;
    }

    private String name(String stack) {
        return "k8s-" + shortened(stack.replace('/', '-')) + "-" + cloud.ids().hex(10);
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("[^a-z0-9-]", "");
        return plain.length() > 8 ? plain.substring(0, 8) : plain;
    }
}
