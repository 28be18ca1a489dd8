package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Waits for free addresses in subnets: nodes give warm ones back within minutes. */
final class FreeAddresses {

    private static final Duration FREED_WITHIN = Duration.ofMinutes(30);

    private FreeAddresses() {}

    /**
     * The first subnet that has too few, as a wait or a block; empty when all have enough.
     *
     * @param since the act from which on addresses are expected to become free
     */
    static Optional<StepOutcome> missing(
            View view, Map<String, Integer> wanted, Progress progress, Optional<Progress.Entry> since) {
        return wanted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(e -> free(view, e.getKey()) < e.getValue())
                .findFirst()
                .map(e -> {
                    String state = "has " + free(view, e.getKey()) + " free addresses of " + e.getValue() + " needed";
                    return Patience.over(progress, FREED_WITHIN, since)
                            ? Outcomes.blocked(StepCode.ADDRESSES_NOT_FREED.of(
                                    "subnet " + e.getKey(),
                                    state + " after " + FREED_WITHIN.toMinutes() + " minutes",
                                    "free addresses in it, then resume"))
                            : Outcomes.notYet(30, "subnet " + e.getKey() + " " + state);
                });
    }

    private static int free(View view, String subnet) {
        return view.subnet(subnet).map(Subnet::freeAddresses).orElse(0);
    }
}
