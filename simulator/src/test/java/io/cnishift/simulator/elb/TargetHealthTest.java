package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.elb.TargetGroups.Member;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TargetHealthTest {
    private static final Target A = target("a", "healthy");
    private static final Target B = target("b", "initial");
    private static final Target C = target("c", "healthy");

    @Test
    void onlyTargetsThatAreNotAsTheyWereAreLookedAt() {
        Target well = target("b", "healthy");
        Target fresh = target("d", "initial");

        assertThat(TargetHealth.changed(List.of(A, B, C), List.of(A, B, C), Set.of()))
                .isEmpty();
        assertThat(TargetHealth.changed(List.of(A, B, C), List.of(A, well, C), Set.of()))
                .containsExactly(well);
        assertThat(TargetHealth.changed(List.of(A, B, C), List.of(A, C, fresh), Set.of()))
                .containsExactly(fresh);
        assertThat(TargetHealth.changed(List.of(A, B, C), List.of(A, C, B), Set.of()))
                .as("one that went and came again")
                .containsExactly(B);
        assertThat(TargetHealth.changed(List.of(), List.of(A), Set.of())).containsExactly(A);
    }

    @Test
    void andThoseToWhichTheWayMayHaveChanged() {
        List<Target> same = List.of(A, B, C);

        assertThat(TargetHealth.changed(same, same, Set.of(new Member("c", 80))))
                .containsExactly(C);
        assertThat(TargetHealth.changed(same, same, Set.of(new Member("gone", 80))))
                .isEmpty();
    }

    private static Target target(String id, String health) {
        return new Target(id, 80, health, "");
    }
}
