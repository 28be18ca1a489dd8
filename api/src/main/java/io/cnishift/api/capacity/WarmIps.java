package io.cnishift.api.capacity;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What a node would give back to its subnets if its warm targets were lowered: the cheapest addresses to be had before new
 * ones are asked for.
 */
public final class WarmIps {

    /** The variables of aws-node that stand for {@linkplain #lowered lowered} targets; an empty value means absent. */
    public static final Map<String, String> LOWERED = Map.of("WARM_IP_TARGET", "1", "MINIMUM_IP_TARGET", "");

    private WarmIps() {}

    /**
     * The lowest targets that the VPC CNI supports: one warm address and no minimum. The mode stays, since a change of it would
     * need new nodes.
     */
    public static WarmPoolSettings lowered(WarmPoolSettings settings) {
        return settings.withIpTargets(OptionalInt.of(1), OptionalInt.empty());
    }

    /** The addresses that {@linkplain #lowered lowered} targets would free on a node. */
    public static Reclaim reclaimable(WarmPoolSettings now, InstanceLimits limits, int podsOnNode, int maxPods) {
        return reclaimable(now, lowered(now), limits, podsOnNode, maxPods);
    }

    /**
     * The addresses that other targets would free on a node; none when they ask for more.
     *
     * <p>Single addresses go back wherever they sit. A prefix or an interface goes back only when no pod uses it, and ipamd does
     * not move pods: so {@link Reclaim#assured} supposes each pod on a prefix and an interface of its own, and
     * {@link Reclaim#atBest} pods packed as tightly as can be. Addresses that a pod left in the last 30 seconds follow later.
     */
    public static Reclaim reclaimable(
            WarmPoolSettings now, WarmPoolSettings then, InstanceLimits limits, int podsOnNode, int maxPods) {
        Holding held = WarmPool.held(now, limits, podsOnNode, maxPods);
        Holding least = WarmPool.held(then, limits, podsOnNode, maxPods);
        int atBest = Math.max(0, held.total() - least.total());
        // The primary interface and the trunk never go, and every pod may sit on another one.
        int fixed = now.podEni() && limits.trunking() ? 2 : 1;
        int enisThatStay = Math.max(least.enis(), Math.min(held.enis(), fixed + podsOnNode));
        int ipsThatStay = held.prefixes() == 0
                ? least.ips()
                : MaxPods.PER_PREFIX * Math.max(least.prefixes(), Math.min(held.prefixes(), podsOnNode));
        int assured = Math.max(0, held.ips() - ipsThatStay) + Math.max(0, held.enis() - enisThatStay);
        return new Reclaim(Math.min(assured, atBest), atBest);
    }

    /**
     * Addresses of a node that other targets free.
     *
     * @param assured however its pods are spread
     * @param atBest when its pods are packed
     */
    public record Reclaim(int assured, int atBest) {

        public Reclaim {
            if (assured < 0 || atBest < assured) {
                throw new IllegalArgumentException(
                        "Assured " + assured + " and at best " + atBest + " contradict each other.");
            }
        }
    }
}
