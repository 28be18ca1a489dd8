package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import java.util.List;

/** Address budgets of subnets. */
final class Budgets {

    private Budgets() {}

    /** Every subnet as it is: nothing changes. */
    static List<SubnetBudget> asIs(View view) {
        return view.subnets().stream().map(Budgets::asIs).toList();
    }

    /** The assessment with the peaks and the ends of its budgets that were measured. */
    static Assessment measured(Assessment assessed, Rehearsed rehearsed) {
        List<SubnetBudget> budgets = assessed.ipBudget().stream()
                .map(b -> new SubnetBudget(
                        b.subnet(),
                        b.availabilityZone(),
                        b.cidr(),
                        b.usable(),
                        b.usedNow(),
                        rehearsed.peakUsed().getOrDefault(b.subnet(), b.peakDuring()),
                        rehearsed.usedAfter().getOrDefault(b.subnet(), b.usedAfter())))
                .toList();
        return new Assessment(
                assessed.findings(),
                assessed.capacity(),
                budgets,
                assessed.disruption(),
                assessed.cost(),
                assessed.features(),
                assessed.reversible());
    }

    private static SubnetBudget asIs(Subnet subnet) {
        int usable = Math.toIntExact(SubnetMath.usable(subnet.cidr()));
        int used = Math.max(0, usable - subnet.freeAddresses());
        return new SubnetBudget(subnet.id(), subnet.availabilityZone(), subnet.cidr(), usable, used, used, used);
    }
}
