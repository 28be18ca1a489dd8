package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.net.Pulse;
import java.util.List;

/** The behaviours of load balancers. */
public final class ElbBehaviours {

    private ElbBehaviours() {}

    /**
     * Lets load balancers of the first world forward to target groups whose targets are nodes and pods of the second. What changes
     * there is looked at here while there is such a group.
     */
    public static void share(Kernel first, Kernel second) {
        TargetWays.of(first).beside(TargetWays.of(second));
        Pulse.of(second).listen(() -> {
            boolean shared = second.objects().list("TargetGroupBinding").stream()
                    .flatMap(b -> Tree.text(b, "spec", "targetGroupARN").stream())
                    .anyMatch(arn -> Cloud.of(first)
                            .view()
                            .get(Part.TARGET_GROUPS, TargetGroup.class, arn)
                            .isPresent());
            if (shared) {
                Pulse.of(first).beat();
            }
        });
    }

    /** All of them, in the order of installation, for one world. */
    public static List<Behaviour> all() {
        return List.of(
                new TargetApi(),
                new TargetGroupApi(),
                new LoadBalancerPaths(),
                new TargetHealth(),
                new ScalingGroupTargets(),
                new LostTargets(),
                new LoadBalancerController(),
                new PathWatch());
    }
}
