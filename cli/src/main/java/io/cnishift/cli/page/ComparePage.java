package io.cnishift.cli.page;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.compare.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Strategies side by side. */
public final class ComparePage {

    private final Comparison comparison;

    private ComparePage(Comparison comparison) {
        this.comparison = comparison;
    }

    /**
     * The page of a comparison.
     *
     * @param note what was asked for without the caller's writing it
     * @param next the call that plans what is recommended
     */
    public static Page of(Comparison comparison, Optional<String> note, Optional<String> next) {
        ComparePage page = new ComparePage(comparison);
        Comparison.ClusterLine cluster = comparison.cluster();
        Page.Builder builder = Page.builder()
                .heading("Cluster " + cluster.name() + " (" + cluster.source() + ")")
                .sentence("EKS " + cluster.kubernetesVersion() + " in " + cluster.region() + ".");
        note.ifPresent(builder::sentence);
        builder.table("Strategies side by side", page.strategies())
                .sentence("Addresses: in use now and afterwards. Peak: the subnet that comes nearest to its end, at its"
                        + " worst moment. Below min: Services with fewer ready endpoints than they should have. Lost: load"
                        + " balancers that lost requests, all their paths together. Where there is a time, all but max pods"
                        + " is rehearsed.");
        page.movedAgain().forEach(builder::sentence);
        page.consented().forEach(builder::sentence);
        builder.table("What each gives and takes", page.features()).table("Addresses by subnet", page.addresses());
        page.list(builder, "What stands against", Severity.BLOCKER);
        page.list(builder, "What has to be accepted", Severity.CONSENT);
        page.rehearsals(builder);
        page.recommendation(builder);
        next.ifPresent(call -> builder.heading("Next").verbatim(call));
        return builder.build();
    }

    private List<String> consented() {
        return comparison.strategies().stream()
                .flatMap(row -> row.rehearsal().stream()
                        .filter(r -> succeeded(r) && r.consentedSecondsBelowMinimum() > 0)
                        .map(r -> "With " + row.id() + ", Services are below their minimum for another "
                                + Times.ofSeconds(r.consentedSecondsBelowMinimum())
                                + " by what has to be accepted, which ranks no row."))
                .toList();
    }

    private List<String> movedAgain() {
        return comparison.strategies().stream()
                .filter(row -> row.disruption().podsRestartedMoreThanOnce() > 0)
                .map(row -> "With " + row.id() + ", " + row.disruption().podsRestartedMoreThanOnce() + " of the "
                        + Count.of(row.disruption().podsRestarted(), "pod") + " moved more than once.")
                .toList();
    }

    private Table strategies() {
        Table.Builder table = Table.of(
                "strategy",
                "feasible",
                "goal",
                ">max pods",
                ">addresses",
                ">peak",
                ">pods moved",
                ">nodes new",
                ">below min",
                ">lost",
                ">extra node-h",
                ">time");
        for (Comparison.Row row : comparison.strategies()) {
            table.row(
                    row.id(),
                    feasible(row),
                    row.goal().map(g -> g.reached() ? "reached" : "missed").orElse("-"),
                    row.capacity().clusterMaxPods(),
                    sum(row, Assessment.SubnetBudget::usedNow) + " > " + sum(row, Assessment.SubnetBudget::usedAfter),
                    peak(row),
                    row.disruption().podsRestarted(),
                    row.disruption().nodesReplaced(),
                    row.rehearsal().filter(ComparePage::succeeded).isPresent()
                            ? Times.ofSeconds(row.disruption().servicesBelowMinimumSeconds())
                            : "-",
                    row.rehearsal()
                            .filter(ComparePage::succeeded)
                            .map(r -> Times.ofTenths(r.requestsLostSeconds()))
                            .orElse("-"),
                    hours(row.cost().extraNodeHours()),
                    row.rehearsal().map(ComparePage::time).orElse("-"));
        }
        return table.build();
    }

    /** A plan that is refused for want of code is no matter of the cluster. */
    private static String feasible(Comparison.Row row) {
        List<String> against = row.findings().stream()
                .filter(f -> f.severity() == Severity.BLOCKER && f.curedBy().isEmpty())
                .map(Finding::code)
                .toList();
        if (!row.feasible()) {
            return "no";
        }
        return against.isEmpty()
                ? "yes"
                : against.stream().allMatch(code -> code.endsWith("-NOT-PLANNED")) ? "no plan yet" : "no plan";
    }

    /** One by which all are equal has decided nothing. */
    private Table criteria() {
        List<String> ids = comparison.strategies().stream()
                .map(Comparison.Row::id)
                .filter(id -> comparison.recommendation().criteria().stream()
                        .anyMatch(c -> c.numbers().containsKey(id)))
                .toList();
        Table.Builder table =
                Table.of(Stream.concat(Stream.of("criterion"), ids.stream().map(id -> ">" + id))
                        .toArray(String[]::new));
        comparison.recommendation().criteria().stream()
                .filter(c -> c.numbers().values().stream().distinct().count() > 1)
                .forEach(c -> table.row(Stream.concat(
                                Stream.of(c.name()),
                                ids.stream().map(id -> number(c.numbers().get(id))))
                        .toArray()));
        return table.build();
    }

    private static String number(@Nullable Double number) {
        if (number == null) {
            return "-";
        }
        return number == Math.rint(number) ? String.valueOf(Math.round(number)) : hours(number);
    }

    private static boolean succeeded(Comparison.RehearsalLine rehearsal) {
        return rehearsal.outcome().equals("succeeded");
    }

    private static String time(Comparison.RehearsalLine rehearsal) {
        return succeeded(rehearsal) ? Times.ofSeconds(rehearsal.durationSeconds()) : rehearsal.outcome();
    }

    private static String hours(double hours) {
        return String.format(java.util.Locale.ROOT, "%.1f", hours);
    }

    private static int sum(Comparison.Row row, ToIntFunction<Assessment.SubnetBudget> addresses) {
        return row.ipBudget().stream().mapToInt(addresses).sum();
    }

    /** Subnets have their worst moments at different times, so their peaks have no sum. */
    private static String peak(Comparison.Row row) {
        return row.ipBudget().stream()
                .min(Comparator.comparingInt(b -> b.usable() - b.peakDuring()))
                .map(b -> b.peakDuring() + "/" + b.usable())
                .orElse("-");
    }

    private Table features() {
        Table.Builder table = Table.of("strategy", "gained", "lost", "way back");
        for (Comparison.Row row : comparison.strategies()) {
            table.row(
                    row.id(),
                    String.join(", ", row.features().gained()),
                    String.join(", ", row.features().lost()),
                    row.reversible().note());
        }
        return table.build();
    }

    /** Subnets by subnet; a strategy that leaves a subnet as it is has no row for it, except {@code stay}. */
    private Table addresses() {
        Map<String, List<Object[]>> bySubnet = new LinkedHashMap<>();
        for (Comparison.Row row : comparison.strategies()) {
            for (Assessment.SubnetBudget b : row.ipBudget()) {
                boolean changed = b.peakDuring() != b.usedNow() || b.usedAfter() != b.usedNow();
                if (changed || row.id().equals("stay")) {
                    bySubnet.computeIfAbsent(b.subnet(), s -> new ArrayList<>()).add(cells(row, b));
                }
            }
        }
        Table.Builder table =
                Table.of("subnet", "zone", "strategy", ">usable", ">now", ">peak", ">after", ">free after");
        bySubnet.values().forEach(rows -> rows.forEach(table::row));
        return table.build();
    }

    private static Object[] cells(Comparison.Row row, Assessment.SubnetBudget b) {
        return new Object[] {
            b.subnet(),
            b.availabilityZone(),
            row.id(),
            b.usable(),
            b.usedNow(),
            b.peakDuring() + (b.peakDuring() > b.usable() ? " (!)" : ""),
            b.usedAfter() + (b.usedAfter() > b.usable() ? " (!)" : ""),
            b.usable() - b.usedAfter()
        };
    }

    private void list(Page.Builder page, String heading, Severity severity) {
        List<String> items = new ArrayList<>();
        for (Comparison.Row row : comparison.strategies()) {
            Findings.told(row.findings().stream()
                            .filter(f -> f.severity() == severity && f.curedBy().isEmpty())
                            .toList())
                    .forEach(told -> items.add(row.id() + ": " + told));
        }
        if (!items.isEmpty()) {
            page.heading(heading).bullets(items);
        }
    }

    private void rehearsals(Page.Builder page) {
        List<String> items = new ArrayList<>();
        for (Comparison.Row row : comparison.strategies()) {
            row.rehearsal().ifPresent(r -> {
                items.add(row.id() + ": " + r.outcome() + " in " + Times.ofSeconds(r.durationSeconds()) + " with "
                        + Count.of(r.apiRequests(), "request"));
                r.violations().forEach(v -> items.add(row.id() + ": " + v.subject() + ": " + v.message()));
                r.notModelled().forEach(n -> items.add(row.id() + ": not modelled: " + n));
            });
        }
        if (!items.isEmpty()) {
            page.heading("Rehearsals").bullets(items);
        }
    }

    private void recommendation(Page.Builder page) {
        if (!comparison.recommendation().preferred().isEmpty()) {
            page.table("Judged by, the weightiest first", criteria());
        }
        page.heading("Recommendation: " + comparison.recommendation().strategy().orElse("none of them fits as it is"));
        page.bullets(comparison.recommendation().reasons());
    }
}
