package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.net.Ends;
import java.util.Optional;

/**
 * An instance that ends while a load balancer still sends to it, or while connections drain from it, costs its clients their
 * requests: 502 until a health check notices. So does a node whose pods are targets themselves.
 */
public final class LostTargets implements Behaviour {

    /** Code of the incident. */
    public static final String CODE = "SIM-TARGET-LOST";

    @Override
    public String id() {
        return "lost-targets";
    }

    @Override
    public String source() {
        return "ELB user guides: deregistration delay, 502 errors; EKS user guide: managed node update behaviour";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud.of(kernel).listen(change -> {
            if (change.part() == Part.INSTANCES) {
                change.now()
                        .map(Instance.class::cast)
                        .filter(i -> i.state().equals("shutting-down"))
                        .ifPresent(i -> ended(kernel, i));
            }
        });
    }

    private static void ended(Kernel kernel, Instance instance) {
        TargetGroups groups = TargetGroups.of(kernel);
        for (TargetGroup group : groups.all()) {
            for (Target target : group.targets()) {
                if (on(kernel, group, target, instance)
                        && (target.health().equals("healthy") || TargetGroups.draining(target))
                        && groups.used(group.arn())) {
                    kernel.incidents()
                            .report(
                                    CODE,
                                    "target group " + group.name(),
                                    "instance " + instance.id() + " ended while target " + target.id() + " was "
                                            + (TargetGroups.draining(target)
                                                    ? "draining: its connections were cut"
                                                    : "in rotation: requests to it failed"));
                }
            }
        }
    }

    private static boolean on(Kernel kernel, TargetGroup group, Target target, Instance instance) {
        if (!group.targetType().equals("ip")) {
            return target.id().equals(instance.id());
        }
        Ends ends = Ends.of(kernel);
        return ends.podAt(target.id())
                .flatMap(ends::pod)
                .flatMap(p -> p.node())
                .flatMap(ends::instanceOf)
                .equals(Optional.of(instance.id()));
    }
}
