package io.cnishift.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Workload;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MinReadyTest {

    private static int min(Workload workload, int ready) {
        Shop shop = Shop.of(workload);
        return MinReady.of(shop.view(), shop.service("web/api"), ready);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 25%, 25%, 10, 8",
        "2, 25%, 25%, 2, 2",
        "1, 25%, 25%, 1, 1",
        "4, 0, 1, 4, 3",
        "4, 0, 0, 4, 3",
        "4, 1, 100%, 4, 1",
        "10, 25%, 25%, 5, 3",
        "10, 25%, 25%, 0, 0"
    })
    void withoutABudgetIsWhatADeploymentsUpdateLeaves(int replicas, String surge, String away, int ready, int least) {
        assertThat(min(Shop.deployment(replicas, surge, away), ready)).isEqualTo(least);
    }

    @Test
    void isOneWhereEverythingMayGoAtOnce() {
        assertThat(min(Shop.workload("Deployment", 3, "Recreate", "", ""), 3)).isEqualTo(1);
    }

    @Test
    void takesOneAtATimeFromAStatefulSetOrDaemonSet() {
        assertThat(min(Shop.workload("StatefulSet", 3, "RollingUpdate", "", ""), 3))
                .isEqualTo(2);
        assertThat(min(Shop.workload("DaemonSet", 5, "RollingUpdate", "", "40%"), 5))
                .isEqualTo(3);
    }

    @Test
    void isWhatABudgetGuarantees() {
        Shop shop = Shop.of(Shop.deployment(4, "25%", "25%"));
        shop.with(Shop.budget(Optional.of("2"), Optional.empty(), 4, 2));
        assertThat(MinReady.of(shop.view(), shop.service("web/api"), 4)).isEqualTo(2);
        assertThat(MinReady.of(shop.view(), shop.service("web/api"), 1)).isEqualTo(1);
    }

    @Test
    void readsTheBudgetsSpecWhileItHasNoStatus() {
        Shop shop = Shop.of(Shop.deployment(5, "25%", "25%"));
        shop.with(Shop.budget(Optional.empty(), Optional.of("50%"), 0, 0));
        assertThat(MinReady.of(shop.view(), shop.service("web/api"), 5)).isEqualTo(2);
        shop.with(Shop.budget(Optional.of("50%"), Optional.empty(), 0, 0));
        assertThat(MinReady.of(shop.view(), shop.service("web/api"), 5)).isEqualTo(3);
    }

    @Test
    void countsWhatItsWorkloadsWant() {
        Shop shop = Shop.of(Shop.deployment(4, "25%", "25%"));
        assertThat(MinReady.desired(shop.view(), shop.service("web/api"))).isEqualTo(4);
        assertThat(MinReady.whenHealthy(shop.view(), shop.service("web/api"))).isEqualTo(3);
    }
}
