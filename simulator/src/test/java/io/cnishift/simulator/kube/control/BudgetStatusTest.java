package io.cnishift.simulator.kube.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.KubeWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetStatusTest {
    private final KubeWorld world = KubeWorld.healthy();

    @ParameterizedTest
    @CsvSource({
        // replicas, bound, value, desired healthy, allowed
        "10, minAvailable, 50%, 5, 5",
        "7, minAvailable, 50%, 4, 3",
        "3, minAvailable, 3, 3, 0",
        "3, minAvailable, 0, 0, 3",
        "10, maxUnavailable, 25%, 7, 3",
        "1, maxUnavailable, 0, 1, 0",
        "1, maxUnavailable, 1, 0, 1",
        "4, maxUnavailable, 100%, 0, 4",
    })
    void countsAsTheRealOneDoes(int replicas, String bound, String value, int desired, int allowed) {
        running(replicas);
        world.budget("b", "shop", Map.of(bound, value.endsWith("%") ? value : (Object) Integer.valueOf(value)));
        world.run(5);

        Budget budget = world.budget("b");
        assertThat(budget.expectedPods()).isEqualTo(replicas);
        assertThat(budget.currentHealthy()).isEqualTo(replicas);
        assertThat(budget.desiredHealthy()).isEqualTo(desired);
        assertThat(budget.disruptionsAllowed()).isEqualTo(allowed);
    }

    @Test
    void ofTwoEvictionsSentTogetherTheSecondSeesWhatTheFirstTook() {
        running(3);
        world.budget("b", "shop", Map.of("maxUnavailable", 1));
        world.run(5);

        world.evict(world.pods("shop").get(0));
        assertThatThrownBy(() -> world.evict(world.pods("shop").get(1)))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUDGET))
                .hasMessageContaining("needs 2 healthy pods and has 3 currently");
    }

    @Test
    void theNextEvictionIsAllowedWhenTheReplacementIsReady() {
        running(3);
        world.budget("b", "shop", Map.of("maxUnavailable", 1));
        world.run(5);
        Pod second = world.pods("shop").get(1);
        world.evict(world.pods("shop").get(0));
        world.run(60);

        assertThat(world.budget("b").disruptionsAllowed()).isEqualTo(1);
        world.evict(second);
        world.run(60);
        assertThat(world.ready("shop")).hasSize(3).extracting(Pod::uid).doesNotContain(second.uid());
    }

    @Test
    void aWorkloadThatIsToHaveMorePodsCountsBeforeTheyAreThere() {
        running(3);
        world.budget("b", "shop", Map.of("maxUnavailable", 1));
        world.run(5);
        world.change("Deployment", "shop", d -> Trees.with(d, 6, "spec", "replicas"));
        world.kernel.clock().runUntil(world.kernel.clock().now().plusMillis(150));

        assertThat(world.pods("shop")).hasSize(3);
        assertThat(world.budget("b").expectedPods()).isEqualTo(6);
        assertThat(world.budget("b").disruptionsAllowed()).isZero();
    }

    @Test
    void twoBudgetsOnAPodCanNeverBeMet() {
        running(3);
        world.budget("one", "shop", Map.of("maxUnavailable", 3));
        world.budget("two", "shop", Map.of("maxUnavailable", 3));
        world.run(5);

        assertThatThrownBy(() -> world.evict(world.pods("shop").get(0)))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.DOUBLE_BUDGET))
                .hasMessageContaining("one, two");
    }

    @Test
    void aBudgetThatNobodyHasCountedYetAllowsNothing() {
        running(3);
        world.budget("b", "shop", Map.of("maxUnavailable", 3));

        assertThatThrownBy(() -> world.evict(world.pods("shop").get(0)))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUDGET));
    }

    @Test
    void aBudgetThatWasJustChangedAllowsNothingOnItsOldCount() {
        running(3);
        world.budget("b", "shop", Map.of("maxUnavailable", 3));
        world.run(5);
        world.change("PodDisruptionBudget", "b", b -> Trees.with(b, 0, "spec", "maxUnavailable"));

        assertThatThrownBy(() -> world.evict(world.pods("shop").get(0)))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUDGET));
    }

    @Test
    void aPendingPodCostsNothing() {
        world.nodes().forEach(n -> world.changeNode(n.name(), t -> Trees.with(t, true, "spec", "unschedulable")));
        world.workload("Deployment", "shop", Trees.of("replicas", 1));
        world.budget("b", "shop", Map.of("maxUnavailable", 0));
        world.run(10);
        Pod pending = world.pods("shop").get(0);
        world.evict(pending);

        assertThat(world.pods("shop")).extracting(Pod::uid).doesNotContain(pending.uid());
    }

    @Test
    void anUnreadyPodIsFreeOnlyWhileEnoughOthersAreHealthy() {
        running(2);
        world.budget("b", "shop", Map.of("minAvailable", 2));
        world.kernel
                .containers()
                .playedBy(p -> java.util.Optional.of(io.cnishift.simulator.Containers.Ailment.notReady("not yet")));
        world.change("Deployment", "shop", d -> Trees.with(d, 3, "spec", "replicas"));
        world.run(60);
        Pod unready =
                world.pods("shop").stream().filter(p -> !p.ready()).findFirst().orElseThrow();
        Pod ready = world.ready("shop").get(0);

        assertThatThrownBy(() -> world.evict(ready)).hasMessageContaining("needs 2 healthy pods and has 2");
        world.evict(unready);
        world.run(1);
        assertThat(world.pods("shop").stream().filter(p -> p.uid().equals(unready.uid())))
                .allMatch(Pod::terminating);
    }

    @Test
    void aPodThatIsGoneOrAnotherIsNotEvicted() {
        running(1);
        Pod pod = world.pods("shop").get(0);
        world.evict(pod);
        world.run(60);

        assertThatThrownBy(() -> world.evict(pod))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.GONE));
    }

    @Test
    void withoutTheControllerNoBudgetEverAllowsAnything() {
        KubeWorld bare = KubeWorld.without("budget-status");
        bare.workload("Deployment", "shop", Trees.of("replicas", 2));
        bare.budget("b", "shop", Map.of("maxUnavailable", 1));
        bare.run(60);

        assertThatThrownBy(() -> bare.evict(bare.pods("shop").get(0)))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUDGET));
    }

    private void running(int replicas) {
        world.workload("Deployment", "shop", Trees.of("replicas", replicas));
        world.run(60);
        assertThat(world.ready("shop")).hasSize(replicas);
    }
}
