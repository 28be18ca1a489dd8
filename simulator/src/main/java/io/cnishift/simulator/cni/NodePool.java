package io.cnishift.simulator.cni;

import java.time.Instant;
import java.util.Optional;

/** The addresses that ipamd keeps for the pods of one node. */
interface NodePool {

    /** An address for a pod, if one is free. */
    Optional<EniPool.Lease> lease();

    /** Whether it holds any address for pods, used or not. */
    boolean holdsAny();

    /** Takes an address back; nobody gets it at once. */
    void cool(String address);

    /** Looks once at the pool; answers when there is something to look at again, empty when nothing moves by itself any more. */
    Optional<Instant> pass();
}
