package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Ec2;
import io.cnishift.simulator.elb.TargetGroups.Member;
import java.time.Duration;
import java.util.List;

/**
 * Target groups that are attached to an Auto Scaling group: it registers its instances as soon as they run, ready or not, and
 * before it ends one it deregisters it and waits for its connections to drain.
 */
public final class ScalingGroupTargets implements Behaviour {

    @Override
    public String id() {
        return "scaling-group-targets";
    }

    @Override
    public String source() {
        return "EC2 Auto Scaling user guide: attaching a load balancer";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        TargetGroups groups = TargetGroups.of(kernel);
        cloud.listen(change -> {
            if (change.part() == Part.INSTANCES) {
                change.now()
                        .map(Instance.class::cast)
                        .filter(i -> i.state().equals("running"))
                        .ifPresent(i -> attached(cloud, i).forEach(a -> register(groups, a, i)));
            }
        });
        Ec2.of(kernel).beforeTermination(i -> drain(groups, i, attached(cloud, i)));
    }

    private static List<String> attached(Cloud cloud, Instance instance) {
        return instance.nodeGroup()
                .flatMap(cloud::group)
                .map(NodeGroup::targetGroups)
                .orElse(List.of());
    }

    private static void register(TargetGroups groups, String arn, Instance instance) {
        groups.find(arn).ifPresent(g -> groups.register(arn, List.of(new Member(instance.id(), g.port()))));
    }

    private static Duration drain(TargetGroups groups, Instance instance, List<String> arns) {
        Duration longest = Duration.ZERO;
        for (String arn : arns) {
            boolean serving = groups.find(arn)
                    .filter(g -> g.targets().stream().anyMatch(t -> t.id().equals(instance.id())))
                    .isPresent();
            if (serving) {
                Duration delay =
                        Duration.ofSeconds(groups.find(arn).orElseThrow().deregistrationDelaySeconds());
                longest = longest.compareTo(delay) < 0 ? delay : longest;
                groups.find(arn).ifPresent(g -> groups.deregister(arn, List.of(new Member(instance.id(), g.port()))));
            }
        }
        return longest;
    }
}
