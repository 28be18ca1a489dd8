package io.cnishift.engine.compare;

import io.cnishift.api.plan.Severity;
import io.cnishift.engine.compare.Comparison.NetworkLine;
import io.cnishift.engine.compare.Comparison.Row;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** One number of a row that strategies are judged by. */
enum Criterion {
    SERVICES_DOWN(
            "s of Services below their minimum", Best.LEAST, r -> r.disruption().servicesBelowMinimumSeconds()),
    PODS_MOVED_AGAIN(
            "pods moved more than once", Best.LEAST, r -> r.disruption().podsRestartedMoreThanOnce()),
    FEATURES_LOST("features lost", Best.LEAST, r -> r.features().lost().size()),
    NODES_REPLACED("nodes replaced", Best.LEAST, r -> r.disruption().nodesReplaced()),
    PODS_MOVED("pods restarted", Best.LEAST, r -> r.disruption().podsRestarted()),
    CONSENTS("consents asked for", Best.LEAST, Criterion::consents),
    NO_RETURN(
            "points of no return",
            Best.LEAST,
            r -> r.reversible().pointOfNoReturn().isPresent() ? 1 : 0),
    NODE_HOURS("extra node-hours", Best.LEAST, r -> r.cost().extraNodeHours()),
    TIME(
            "s of rehearsal",
            Best.LEAST,
            r -> r.rehearsal().map(l -> l.durationSeconds()).orElse(Double.NaN)),
    ADDRESSES_FREE("addresses free in the subnets", Best.MOST, Criterion::free),
    PODS_FIT("pods fit", Best.MOST, r -> r.capacity().clusterMaxPods()),
    PODS_LEAVE_VPC("pods without an address of the VPC", Best.LEAST, network(n -> n.pods() - n.withVpcAddress())),
    PODS_WITHOUT_POLICY(
            "pods that no network policy would hold for", Best.LEAST, network(n -> n.pods() - n.underPolicy()));

    /** The order where nobody prefers anything. */
    static final List<Criterion> USUAL =
            List.of(SERVICES_DOWN, FEATURES_LOST, NODES_REPLACED, PODS_MOVED, CONSENTS, NO_RETURN, NODE_HOURS, TIME);

    private enum Best {
        LEAST,
        MOST
    }

    private final String words;
    private final Best best;
    private final ToDoubleFunction<Row> number;

    /**
     * A criterion.
     *
     * @param number of a row; NaN when nobody has measured it
     */
    Criterion(String words, Best best, ToDoubleFunction<Row> number) {
        this.words = words;
        this.best = best;
        this.number = number;
    }

    /** The number of a row; empty when nobody has measured it. */
    OptionalDouble of(Row row) {
        double value = number.applyAsDouble(row);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Less is better; what is not known comes last. */
    double rank(Row row) {
        OptionalDouble value = of(row);
        return value.isEmpty()
                ? Double.POSITIVE_INFINITY
                : best == Best.LEAST ? value.getAsDouble() : -value.getAsDouble();
    }

    /** What is counted. */
    String words() {
        return words;
    }

    /** The number with what is counted. */
    String words(Row row) {
        return of(row).stream()
                .mapToObj(value -> text(value) + " " + words)
                .findFirst()
                .orElse(words + " not known");
    }

    private static String text(double value) {
        return value == Math.rint(value)
                ? String.valueOf(Math.round(value))
                : String.format(java.util.Locale.ROOT, "%.1f", value);
    }

    private static double consents(Row row) {
        return row.findings().stream()
                .filter(f -> f.severity() == Severity.CONSENT && f.curedBy().isEmpty())
                .count();
    }

    private static double free(Row row) {
        return row.ipBudget().stream().mapToInt(b -> b.usable() - b.usedAfter()).sum();
    }

    private static ToDoubleFunction<Row> network(ToDoubleFunction<NetworkLine> number) {
        return row -> row.network().stream().mapToDouble(number).findFirst().orElse(Double.NaN);
    }
}
