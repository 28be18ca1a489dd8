package io.cnishift.adapters.reach;

/** Calls load balancers from this machine. */
@FunctionalInterface
interface Caller {

    /** One GET, not followed anywhere. It takes no longer than eight seconds. */
    Heard call(Front front, Front.Door door);
}
