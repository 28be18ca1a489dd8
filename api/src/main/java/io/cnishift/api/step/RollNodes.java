package io.cnishift.api.step;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Replaces the nodes of one group by nodes of another, in waves: canary first (one node per zone), then as many at a time as
 * the budgets allow. Per node: replacement ready and proven, cordon, move by rollout what eviction cannot, evict, deregister
 * from load balancers, terminate.
 *
 * @param from the old group
 * @param to the new group; the same name when nodes are replaced within the group
 * @param maxSurge extra nodes at once; 0 drains first
 * @param maxUnavailable nodes drained at once
 * @param surgeBySubnet most extra nodes per subnet at once, so that no subnet runs out of addresses
 * @param singletons what to do with a pod that eviction cannot move without taking its Service below its minimum
 * @param deleteEmptyDirData whether any pod may lose what it keeps in emptyDir volumes
 * @param evictBarePods whether any pod may go that no controller makes again
 * @param consented workloads {@code Kind/namespace/name}, and pods without one {@code Pod/namespace/name}, that may be moved
 *     with that loss although others may not
 * @param cniLabel label key that a node of the new side carries
 * @param readyTaints taint keys that must be gone before a node counts as ready
 * @param podCidr pods on the new side must have an address in it
 * @param maxPods what the kubelet of a new node must admit
 * @param templateStep id of the step that made the launch template version, for the same group
 * @param drainTimeoutSeconds a node not drained by then is deferred and named
 * @param mayRemain node groups or workloads {@code Kind/namespace/name} whose nodes may stay, as the plan names them
 * @param proofPasses consecutive passes of the canary's questions
 * @param apart whether pods of the two sides do not reach each other, so that load balancers must leave all old nodes before
 *     the first pod moves
 * @param keep workloads {@code Kind/namespace/name} whose pods are not moved although they could be: they need what only old nodes have
 * @param later groups that later steps replace: pods that move now are to find a node that stays
 * @param extent how far it goes
 */
public record RollNodes(
        String from,
        String to,
        int maxSurge,
        int maxUnavailable,
        Map<String, Integer> surgeBySubnet,
        Singletons singletons,
        boolean deleteEmptyDirData,
        boolean evictBarePods,
        List<String> consented,
        String cniLabel,
        List<String> readyTaints,
        Optional<Cidr> podCidr,
        int maxPods,
        String templateStep,
        int drainTimeoutSeconds,
        List<String> mayRemain,
        int proofPasses,
        boolean apart,
        List<String> keep,
        List<String> later,
        Extent extent) {

    public RollNodes {
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        surgeBySubnet = Map.copyOf(surgeBySubnet);
        Objects.requireNonNull(singletons);
        consented = List.copyOf(consented);
        Objects.requireNonNull(cniLabel);
        readyTaints = List.copyOf(readyTaints);
        mayRemain = List.copyOf(mayRemain);
        keep = List.copyOf(keep);
        later = List.copyOf(later);
        Objects.requireNonNull(templateStep);
        Objects.requireNonNull(extent);
        if (extent == Extent.CANARY && (maxSurge < 1 || from.equals(to))) {
            throw new IllegalArgumentException("a canary is at least one node of another group");
        }
    }

    /** The annotation of a node whose drain has begun; its value names the step. */
    public static final String DRAIN = "cnishift.io/drain";

    /** How far a roll goes. */
    public enum Extent {
        /** As many new nodes as its surge, ready and proven, with old nodes tainted softly; none is drained. */
        CANARY,
        /** All nodes. */
        ALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What to do with a pod that cannot be evicted without an outage. */
    public enum Singletons {
        /** Restart its Deployment with a surge, once new capacity is proven. */
        ROLLOUT,
        /** Evict, with the consent of the user. */
        EVICT,
        /** Leave its node to the end and name it. */
        DEFER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
