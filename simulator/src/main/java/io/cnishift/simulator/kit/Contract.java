package io.cnishift.simulator.kit;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.cluster.ClusterSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What every strategy promises, as checks of one. A check answers with what it found; a test framework makes a test of each:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheContract() {
 *     return Contract.of(new MyStrategy()).on("clean-cluster").checks().stream()
 *             .map(check -> dynamicTest(check.name(), () -> assertThat(check.violations()).isEmpty()));
 * }
 * }</pre>
 *
 * <p>Of a plan are checked: it reaches its end with no Service below its minimum, no node without a working CNI and nothing that
 * the simulator does not model; made again at the end it does nothing; through the death of the process before, in and after every
 * step it reaches the same end; and the way back, as far as the plan has one, leads to the start, also after a death in the middle of
 * each step. All deaths of a kind share one run; with {@code -Dcnishift.contract=all} each has a run of its own.
 */
public final class Contract {

    private final MigrationStrategy strategy;
    private final Map<String, Object> options;
    private final Map<String, ClusterSnapshot> clusters;

    private Contract(MigrationStrategy strategy, Map<String, Object> options, Map<String, ClusterSnapshot> clusters) {
        this.strategy = Objects.requireNonNull(strategy);
        this.options = Map.copyOf(options);
        this.clusters = new LinkedHashMap<>(clusters);
    }

    /** One promise. */
    public record Check(String name, Supplier<List<Violation>> check) {

        public Check {
            Objects.requireNonNull(name);
            Objects.requireNonNull(check);
        }

        /** How it is broken; empty when it is kept. */
        public List<Violation> violations() {
            return check.get();
        }
    }

    /** The contract of that strategy, as yet on no cluster. */
    public static Contract of(MigrationStrategy strategy) {
        return new Contract(strategy, Map.of(), Map.of());
    }

    /** The same with these options, as a user writes them; consents are always given. */
    public Contract with(Map<String, Object> given) {
        return new Contract(strategy, given, clusters);
    }

    /** The same on that bundled scenario too. */
    public Contract on(String scenario) {
        return on(scenario, Asked.scenario(scenario));
    }

    /** The same on that cluster too. */
    public Contract on(String name, ClusterSnapshot cluster) {
        Map<String, ClusterSnapshot> more = new LinkedHashMap<>(clusters);
        more.put(name, cluster);
        return new Contract(strategy, options, more);
    }

    /** All checks, in an order in which the cheap ones come first. */
    public List<Check> checks() {
        NameCard card = new NameCard(strategy);
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("is found by ServiceLoader", card::found));
        checks.add(new Check("describes itself", card::described));
        checks.add(new Check("documents its options", card::documented));
        clusters.forEach((name, cluster) -> {
            Trial trial = new Trial(strategy, cluster, options);
            Answers answers = new Answers(trial);
            checks.add(new Check("answers equal questions equally, on " + name, answers::pure));
            checks.add(new Check("reports documented codes, on " + name, answers::coded));
            checks.add(new Check("reads its plan back from its file, on " + name, answers::filed));
            checks.add(new Check("answers whatever could not be read, on " + name, answers::total));
        });
        clusters.forEach((name, cluster) -> {
            Journeys journeys = new Journeys(new Trial(strategy, cluster, options));
            checks.add(new Check("reaches its end, or says what stands against it, on " + name, journeys::arrives));
            checks.add(new Check("does nothing a second time, on " + name, journeys::rests));
            checks.add(new Check("reaches the same end when processes die, on " + name, journeys::survives));
            checks.add(new Check("goes back to the start, on " + name, journeys::returns));
            checks.add(new Check("goes back from where a process died, on " + name, journeys::turns));
        });
        return List.copyOf(checks);
    }
}
