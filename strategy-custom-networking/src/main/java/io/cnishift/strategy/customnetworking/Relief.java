package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.roll.AddressDraft;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.RollDraft;
import java.util.Map;
import java.util.TreeMap;

/**
 * What node subnets get back for certain. What balancers and the control plane may take meanwhile is left out, and what one
 * interface holds, for new nodes may spread over the zones otherwise than the old ones.
 */
final class Relief {

    private Relief() {}

    /**
     * By subnet, the free addresses that there will be at least once every node is replaced. A subnet that gains no more than may be
     * taken is promised nothing, nor is any while some nodes stay.
     */
    static Map<String, Integer> promised(RollDraft roll) {
        Map<String, Integer> free = new TreeMap<>();
        if (!roll.partial()) {
            for (SubnetBudget budget : roll.budgets()) {
                int used = budget.usedAfter() + slack(roll, budget.subnet());
                if (used < budget.usedNow()) {
                    free.put(budget.subnet(), budget.usable() - used);
                }
            }
        }
        return free;
    }

    private static int slack(RollDraft roll, String subnet) {
        int oneInterface = roll.site().fleet().nodesIn(subnet).stream()
                .flatMap(n -> Fleet.limits(n.instanceType()).stream())
                .mapToInt(InstanceLimits::ipv4PerEni)
                .max()
                .orElse(0);
        return AddressDraft.reserve(roll.site().view(), subnet) + oneInterface;
    }
}
