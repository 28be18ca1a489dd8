package io.cnishift.simulator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.simulator.Trees;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PodTurnTest {
    private static final Map<String, Object> POD = Trees.of(
            "metadata",
            Trees.of("name", "shop", "labels", Trees.of("app", "shop")),
            "spec",
            Trees.of(),
            "status",
            Trees.of("phase", "Pending"));

    @Test
    void comingAndGoingAreNoOtherTurns() {
        assertThat(turned(Optional.empty(), Optional.of(POD))).containsExactly(PodTurn.CAME);
        assertThat(turned(Optional.of(POD), Optional.empty())).containsExactly(PodTurn.WENT);
    }

    @Test
    void tellsWhatAWriteTurns() {
        assertThat(after(Trees.with(POD, "node-1", "spec", "nodeName"))).containsExactly(PodTurn.BOUND);
        assertThat(after(Trees.with(POD, "10.0.0.1", "status", "podIP"))).containsExactly(PodTurn.ADDRESSED);
        assertThat(after(Trees.with(POD, "Running", "status", "phase"))).containsExactly(PodTurn.PHASE);
        assertThat(after(Trees.with(POD, "2026-11-02T20:00:00Z", "metadata", "deletionTimestamp")))
                .containsExactly(PodTurn.TERMINATING);
        assertThat(after(Trees.with(POD, "bank", "metadata", "labels", "app"))).containsExactly(PodTurn.LABELS);
        assertThat(after(Trees.with(
                        POD, List.of(Trees.of("controller", true, "uid", "u-1")), "metadata", "ownerReferences")))
                .containsExactly(PodTurn.CONTROLLER);
        assertThat(after(Trees.with(POD, List.of(Trees.of("name", "shop")), "status", "containerStatuses")))
                .containsExactly(PodTurn.CONTAINERS);
        assertThat(after(Trees.with(POD, List.of(Trees.of("type", "Ready", "status", "True")), "status", "conditions")))
                .containsExactly(PodTurn.READY, PodTurn.CONDITIONS);
        assertThat(after(Trees.with(POD, "12", "metadata", "resourceVersion"))).isEmpty();
    }

    private static Set<PodTurn> after(Map<String, Object> changed) {
        return turned(Optional.of(POD), Optional.of(changed));
    }

    private static Set<PodTurn> turned(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        int bits = PodTurn.of(before, after);
        Set<PodTurn> turned = EnumSet.noneOf(PodTurn.class);
        for (PodTurn turn : PodTurn.values()) {
            if (turn.in(bits)) {
                turned.add(turn);
            }
        }
        return turned;
    }
}
