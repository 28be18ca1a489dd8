package io.cnishift.it.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.simulator.kit.Contract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * What every strategy promises, on the clusters of the table: of each strategy the feasible one that stands last, and with
 * {@code cnishift.contract.pairs=all} every pair. The modules hold their strategies to it on the smallest cluster.
 */
final class EveryContractTest {

    private final StrategyBook strategies = StrategyBook.load(getClass().getClassLoader());

    @TestFactory
    Stream<DynamicContainer> keepsTheContract() {
        return pairs().stream()
                .map(pair -> DynamicContainer.dynamicContainer(
                        pair.toString(),
                        contract(pair).checks().stream()
                                .map(check -> dynamicTest(
                                        check.name(),
                                        () -> assertThat(check.violations()).isEmpty()))));
    }

    private Contract contract(Pair pair) {
        MigrationStrategy strategy = strategies.require(pair.strategy()).strategy();
        return Contract.of(strategy).with(pair.options()).on(pair.scenario());
    }

    /** Without those that move to a cluster which is there already: the kit knows one cluster. */
    private static List<Pair> pairs() {
        List<Pair> all = Pair.all().stream()
                .filter(p -> p.second().isEmpty() && !p.scenario().startsWith("prod-"))
                .toList();
        if ("all".equals(System.getProperty("cnishift.contract.pairs"))) {
            return all;
        }
        Map<String, Pair> last = new LinkedHashMap<>();
        all.stream().filter(Pair::feasible).forEach(p -> last.put(p.strategy(), p));
        return List.copyOf(last.values());
    }
}
