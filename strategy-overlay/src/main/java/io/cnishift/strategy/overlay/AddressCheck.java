package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.ClusterPoolPlan;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.TakenRanges;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.List;

/** Whether there are addresses: for new nodes in the subnets, for pods in a range of their own. */
final class AddressCheck {

    private AddressCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        draft.site()
                .options()
                .overlay()
                .map(OverlayOptions::podCidr)
                .ifPresent(range -> podRange(draft, range, findings));
        draft.pool()
                .map(PoolDraft::plan)
                .ifPresent(plan -> plan.fold(fits -> false, tooSmall -> findings.add(poolTooSmall(draft, tooSmall))));
        controlPlane(draft, findings);
        return findings;
    }

    private static void podRange(Draft draft, Cidr range, List<Finding> findings) {
        List<TakenRanges.Taken> overlaps = TakenRanges.of(draft.site().view()).stream()
                .filter(t -> t.cidr().overlaps(range))
                .toList();
        if (!overlaps.isEmpty()) {
            int prefix = draft.pool().map(pool -> pool.plan().prefix(range)).orElse(range.prefix());
            String suggestion = TakenRanges.free(draft.site().view(), prefix)
                    .map(free -> "set podCidr=" + free + " or another range that nothing uses")
                    .orElse("choose a smaller range, or one that nothing uses");
            overlaps.forEach(t -> findings.add(OverlayCode.POD_RANGE_OVERLAP.finding(
                    "pod range " + range, "it overlaps " + t.cidr() + ", " + t.what(), suggestion)));
        }
    }

    private static Finding poolTooSmall(Draft draft, ClusterPoolPlan.TooSmall tooSmall) {
        String remedy = tooSmall.smallestPool().isPresent()
                ? "give podCidr a range of /" + tooSmall.smallestPool().getAsInt()
                        + " or larger, or set a lower maxPods"
                : "set a lower maxPods, or lower the maximum sizes of groups";
        return OverlayCode.POOL_TOO_SMALL.finding(
                "pod range "
                        + draft.site()
                                .options()
                                .overlay()
                                .map(OverlayOptions::podCidr)
                                .orElseThrow(),
                tooSmall.reason(),
                remedy);
    }

    private static void controlPlane(Draft draft, List<Finding> findings) {
        for (String id : draft.site().view().cluster().controlPlaneSubnets()) {
            int free = free(draft, id);
            if (draft.site().view().subnet(id).isPresent() && free < SubnetMath.CONTROL_PLANE_FREE) {
                findings.add(MoveCode.CONTROL_PLANE_SUBNET.finding(
                        "subnet " + id,
                        Count.of(free, "address is", "addresses are") + " free, and an update of the cluster needs "
                                + SubnetMath.CONTROL_PLANE_FREE,
                        "free some before the next update of the cluster"));
            }
        }
    }

    private static int free(Draft draft, String subnet) {
        return draft.site().view().subnet(subnet).map(Subnet::freeAddresses).orElse(0);
    }
}
