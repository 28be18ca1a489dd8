package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Ec2;
import io.cnishift.simulator.elb.Paths.Path;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WalkedWaysTest {

    private final Kernel kernel = Simulation.open(Asked.scenario("prod-75"), new WorldFactory.Settings(1, Map.of()))
            .kernel();
    private final Cloud cloud = Cloud.of(kernel);
    private final TargetWays ways = TargetWays.of(kernel);
    private final Paths paths = new Paths(kernel);
    private final Set<Served> seen = EnumSet.noneOf(Served.class);

    @Test
    void whatIsKeptIsWhatWouldBeFoundWayByWay() {
        Random random = new Random(11);
        for (int step = 0; step < 60; step++) {
            try {
                change(random);
            } catch (ApiRefusal refused) {
                // where security groups let nobody in, no webhook answers
                assertThat(refused).hasMessageContaining("webhook");
            }
            kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(random.nextInt(40))));
            for (Path path : paths.all()) {
                for (Weighted forward : path.rule().forward()) {
                    compare(step, path.balancer(), forward.targetGroup());
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(Served.values());
    }

    private void compare(int step, LoadBalancer balancer, String arn) {
        TargetGroup group = TargetGroups.of(kernel).find(arn).orElseThrow();
        GroupWays kept = ways.to(balancer, group);
        for (Target target : group.targets()) {
            List<Passage> found = ways.through(balancer, group, target);
            Served served = Served.of((int) found.stream().filter(Passage::open).count(), found.size());
            assertThat(kept.to(Member.of(target)).orElseThrow().served())
                    .as("target %s of %s after step %s: %s", target.id(), group.name(), step, found)
                    .isEqualTo(served);
            seen.add(served);
        }
    }

    private void change(Random random) {
        switch (random.nextInt(7)) {
            case 0 -> {
                ObjectKey pod = any(random, "Pod");
                kernel.objects().delete("Pod", pod.namespace(), pod.name(), Optional.empty());
            }
            case 1 -> closeOrOpen(random);
            case 2 -> {
                ObjectKey deployment = any(random, "Deployment");
                kernel.objects()
                        .update(
                                "Deployment",
                                deployment.namespace(),
                                deployment.name(),
                                "test",
                                d -> Trees.with(d, (long) random.nextInt(4), "spec", "replicas"));
            }
            case 3 -> {
                ObjectKey service = any(random, "Service");
                kernel.objects()
                        .update(
                                "Service",
                                service.namespace(),
                                service.name(),
                                "test",
                                s -> Trees.with(
                                        s,
                                        random.nextBoolean() ? "Local" : "Cluster",
                                        "spec",
                                        "externalTrafficPolicy"));
            }
            case 4 -> {
                // few nodes, and nobody makes others
                if (kernel.objects().list("Node").size() > 60) {
                    ObjectKey node = any(random, "Node");
                    kernel.objects().delete("Node", "", node.name(), Optional.empty());
                }
            }
            case 5 -> shutOutOrAdmit(random);
            default -> {
                List<Instance> all = List.copyOf(cloud.view().all(Part.INSTANCES, Instance.class));
                if (random.nextInt(4) == 0) {
                    Ec2.of(kernel).lose(all.get(random.nextInt(all.size())).id());
                }
            }
        }
    }

    /** A security group lets in some of its own, or whom it let in at first. */
    private void closeOrOpen(Random random) {
        List<SecurityGroup> all = kernel.snapshot().securityGroups();
        SecurityGroup group = all.get(random.nextInt(all.size()));
        String block = List.of("10.20.0.0/21", "10.20.8.0/23", "10.20.0.0/16").get(random.nextInt(3));
        List<Rule> ingress = new ArrayList<>(group.ingress());
        if (random.nextInt(4) > 0) {
            ingress.removeIf(rule -> rule.peer().equals(group.id()));
            ingress.add(new Rule("sgr-test", "-1", -1, -1, block, ""));
        }
        cloud.put(new SecurityGroup(group.id(), group.name(), ingress, group.egress(), group.tags()));
    }

    /** The network ACL of a subnet, which all admit at first, keeps off a part of the VPC, or nobody. */
    private void shutOutOrAdmit(Random random) {
        List<Subnet> all = List.copyOf(cloud.view().all(Part.SUBNETS, Subnet.class));
        Subnet subnet = all.get(random.nextInt(all.size()));
        List<NetworkAcl.Rule> rules = new ArrayList<>();
        if (random.nextBoolean()) {
            String block = List.of("10.20.0.0/22", "10.20.16.0/20").get(random.nextInt(2));
            rules.add(new NetworkAcl.Rule(10, random.nextBoolean(), false, "tcp", 1024, 65_535, block));
        }
        rules.add(new NetworkAcl.Rule(100, false, true, "-1", -1, -1, "0.0.0.0/0"));
        rules.add(new NetworkAcl.Rule(100, true, true, "-1", -1, -1, "0.0.0.0/0"));
        cloud.put(new NetworkAcl("acl-" + subnet.id(), false, List.of(subnet.id()), rules));
    }

    private ObjectKey any(Random random, String kind) {
        List<Map<String, Object>> all = List.copyOf(kernel.objects().list(kind));
        return ObjectKey.of(all.get(random.nextInt(all.size())));
    }
}
