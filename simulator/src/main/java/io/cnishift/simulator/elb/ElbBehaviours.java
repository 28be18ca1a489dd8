package io.cnishift.simulator.elb;

import io.cnishift.simulator.Behaviour;
import java.util.List;

/** The behaviours of load balancers. */
public final class ElbBehaviours {

    private ElbBehaviours() {}

    /** All of them, in the order of installation, for one world. */
    public static List<Behaviour> all() {
        return List.of(
                new TargetApi(),
                new LoadBalancerPaths(),
                new TargetHealth(),
                new ScalingGroupTargets(),
                new LostTargets(),
                new LoadBalancerController(),
                new PathWatch());
    }
}
