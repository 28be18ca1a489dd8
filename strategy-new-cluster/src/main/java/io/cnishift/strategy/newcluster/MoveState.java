package io.cnishift.strategy.newcluster;

import java.util.List;
import java.util.Objects;

/**
 * Ends workloads in the first cluster, hands their volumes over, and begins them in the second one.
 *
 * @param volumes that they have, each attached to one node at a time
 */
record MoveState(List<Mover> workloads, List<CarriedVolume> volumes) {

    /**
     * A workload that moves with its volumes.
     *
     * @param workload {@code Kind/namespace/name}
     * @param replicas that it has, and is to have there
     */
    record Mover(String workload, int replicas) {
        Mover {
            Objects.requireNonNull(workload);
        }
    }

    MoveState {
        workloads = List.copyOf(workloads);
        volumes = List.copyOf(volumes);
    }
}
