package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup.Target;

/** The way from a load balancer to one target of a group and on to those who answer in the end. */
final class Way {

    private final GroupWays of;
    private Target target;
    private int place;
    private Served served = Served.NONE;
    private boolean gone;

    Way(GroupWays of, Target target) {
        this.of = of;
        this.target = target;
    }

    GroupWays of() {
        return of;
    }

    Target target() {
        return target;
    }

    /** What becomes of requests to the target. */
    Served served() {
        return served;
    }

    /** Where the target stands in its group. */
    int place() {
        return place;
    }

    /** Whether the target has left the group. */
    boolean gone() {
        return gone;
    }

    void stands(Target now, int at) {
        target = now;
        place = at;
    }

    void served(Served now) {
        served = now;
    }

    void leave() {
        gone = true;
    }
}
