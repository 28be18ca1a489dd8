package io.cnishift.api.roll;

import io.cnishift.api.Assessment;
import java.util.List;

/**
 * Nodes paid for on top. A group of N nodes with a surge of S is replaced in N / S waves, rounded up; in each of them S nodes
 * more than usual run while a node boots and one is drained. A surge of 0 costs nothing. What a rehearsal measures replaces
 * this estimate.
 */
final class Expense {

    /** From the request for an instance until its node is Ready. */
    private static final double BOOT_MINUTES = 3;

    /** From the cordon until the instance is gone: pods end, targets are deregistered. */
    private static final double DRAIN_MINUTES = 6;

    private static final double MINUTES = 60;

    private Expense() {}

    static Assessment.Cost of(List<GroupDraft> groups) {
        double hours = groups.stream().mapToDouble(Expense::hours).sum();
        int peak = groups.stream().mapToInt(GroupDraft::mostExtra).max().orElse(0);
        return new Assessment.Cost(Math.round(hours * 100) / 100.0, peak);
    }

    private static double hours(GroupDraft group) {
        int surge = group.surge().maxSurge();
        if (surge == 0) {
            return 0;
        }
        double waves = Math.ceil(group.nodes().size() / (double) surge);
        return surge * waves * (BOOT_MINUTES + DRAIN_MINUTES) / MINUTES;
    }
}
