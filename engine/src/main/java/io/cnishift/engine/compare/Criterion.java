package io.cnishift.engine.compare;

import io.cnishift.api.plan.Severity;
import io.cnishift.engine.compare.Comparison.NetworkLine;
import io.cnishift.engine.compare.Comparison.Row;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** One number of a row that strategies are judged by. */
enum Criterion {
    CLUSTER_CHANGED("move to another cluster", "moves to another cluster", false),
    SERVICES_DOWN("s of Services below their minimum", false),
    REQUESTS_LOST("s in which load balancers lost requests", false),
    PODS_MOVED_AGAIN("pod moved more than once", "pods moved more than once", false),
    FEATURES_LOST("feature lost", "features lost", false),
    NODES_REPLACED("node replaced", "nodes replaced", false),
    PODS_MOVED("pod restarted", "pods restarted", false),
    CONSENTS("consent asked for", "consents asked for", false),
    NO_RETURN("point of no return", "points of no return", false),
    NODE_HOURS("extra node-hour", "extra node-hours", false),
    TIME("s of rehearsal", false),
    ADDRESSES_FREE("address free in the subnets", "addresses free in the subnets", true),
    PODS_FIT("pod fits", "pods fit", true),
    PODS_LEAVE_VPC("pod without an address of the VPC", "pods without an address of the VPC", false),
    PODS_WITHOUT_POLICY(
            "pod that no network policy would hold for", "pods that no network policy would hold for", false);

    /** The order where nobody prefers anything. */
    static final List<Criterion> USUAL = List.of(
            SERVICES_DOWN,
            FEATURES_LOST,
            REQUESTS_LOST,
            NODES_REPLACED,
            PODS_MOVED,
            CONSENTS,
            NO_RETURN,
            NODE_HOURS,
            TIME);

    private final String one;
    private final String words;
    private final boolean mostIsBest;

    Criterion(String words, boolean mostIsBest) {
        this(words, words, mostIsBest);
    }

    Criterion(String one, String words, boolean mostIsBest) {
        this.one = one;
        this.words = words;
        this.mostIsBest = mostIsBest;
    }

    /** The number of a row; empty when nobody has measured it. */
    OptionalDouble of(Row row) {
        return switch (this) {
            case CLUSTER_CHANGED -> known(row.disruption().clusterChanged() ? 1 : 0);
            case SERVICES_DOWN -> known(row.disruption().servicesBelowMinimumSeconds());
            case REQUESTS_LOST ->
                row.rehearsal().stream()
                        .mapToDouble(Comparison.RehearsalLine::requestsLostSeconds)
                        .findFirst();
            case PODS_MOVED_AGAIN -> known(row.disruption().podsRestartedMoreThanOnce());
            case FEATURES_LOST -> known(row.features().lost().size());
            case NODES_REPLACED -> known(row.disruption().nodesReplaced());
            case PODS_MOVED -> known(row.disruption().podsRestarted());
            case CONSENTS -> known((double) consents(row));
            case NO_RETURN -> known(row.reversible().pointOfNoReturn().isPresent() ? 1 : 0);
            case NODE_HOURS -> known(row.cost().extraNodeHours());
            case TIME ->
                row.rehearsal().stream()
                        .mapToDouble(Comparison.RehearsalLine::durationSeconds)
                        .findFirst();
            case ADDRESSES_FREE ->
                known(row.ipBudget().stream()
                        .mapToInt(b -> b.usable() - b.usedAfter())
                        .sum());
            case PODS_FIT -> known((double) row.capacity().clusterMaxPods());
            case PODS_LEAVE_VPC -> network(row, n -> n.pods() - n.withVpcAddress());
            case PODS_WITHOUT_POLICY -> network(row, n -> n.pods() - n.underPolicy());
        };
    }

    /** Less is better; what is not known comes last. */
    double rank(Row row) {
        OptionalDouble value = of(row);
        if (value.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        return mostIsBest ? -value.getAsDouble() : value.getAsDouble();
    }

    /** What is counted. */
    String words() {
        return words;
    }

    /** The number with what is counted. */
    String words(Row row) {
        String number = number(row);
        return of(row).isPresent() ? number + " " + (number.equals("1") ? one : words) : words + " not known";
    }

    /** The number alone. */
    String number(Row row) {
        return of(row).stream().mapToObj(Criterion::text).findFirst().orElse("not known");
    }

    private static String text(double value) {
        return value == Math.rint(value)
                ? String.valueOf(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private static OptionalDouble known(double value) {
        return OptionalDouble.of(value);
    }

    private static long consents(Row row) {
        return row.findings().stream()
                .filter(f -> f.severity() == Severity.CONSENT && f.curedBy().isEmpty())
                .count();
    }

    private static OptionalDouble network(Row row, ToDoubleFunction<NetworkLine> number) {
        return row.network().stream().mapToDouble(number).findFirst();
    }
}
