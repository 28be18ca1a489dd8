package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.elb.TargetGroups.Member;

/** The way from a load balancer to one target of a group and on to those who answer in the end. */
final class Way {

    private final GroupWays of;
    private final Member member;
    private Target target;
    private Served served = Served.NONE;
    private boolean gone;

    Way(GroupWays of, Target target) {
        this.of = of;
        member = Member.of(target);
        this.target = target;
    }

    GroupWays of() {
        return of;
    }

    Member member() {
        return member;
    }

    Target target() {
        return target;
    }

    /** What becomes of requests to the target. */
    Served served() {
        return served;
    }

    /** Whether the target has left the group. */
    boolean gone() {
        return gone;
    }

    void stands(Target now) {
        target = now;
    }

    void served(Served now) {
        served = now;
    }

    void leave() {
        gone = true;
    }
}
