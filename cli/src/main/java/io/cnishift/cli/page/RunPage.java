package io.cnishift.cli.page;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.plan.Executor;
import io.cnishift.engine.guard.GuardTally;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.journal.StepTrace;
import io.cnishift.engine.report.BackCost;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.StatusReport;
import io.cnishift.engine.report.StepLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What came of a run, and where one stands. */
public final class RunPage {

    /** Of more Services than these only those are listed that fell below their minimum. */
    private static final int SERVICES_SHOWN = 20;

    private final Page.Builder page = Page.builder();

    private RunPage() {}

    /** A run that has ended. */
    public static Page of(RunReport report) {
        RunPage run = new RunPage();
        run.page.heading("Migration " + report.migrationId() + ": " + report.outcome()
                + report.end().map(e -> ", " + e).orElse(""));
        run.page.sentence("Strategy " + report.strategy() + ", " + Times.of(report.durationSeconds())
                + (report.reason().isEmpty() ? "." : "; " + report.reason() + "."));
        run.owners(report.steps());
        run.moves(report.podsRestarted(), report.podsRestartedMoreThanOnce());
        report.forecast().ifPresent(f -> run.page.sentence("Forecast at its begin: " + f + "."));
        run.list("Guards", report.guards().stream().map(RunPage::guard).toList());
        report.wayBack().ifPresent(run::wayBack);
        run.list("Injected faults", report.injected());
        run.body(report.steps(), StepLine::outcome, report.services(), report.ipCurve());
        run.ends(report.deferred(), report.violations(), report.findings(), report.notModelled());
        return run.page.build();
    }

    /**
     * A run as it stands.
     *
     * @param hint makes a command line that is to be given next fit to this call
     */
    public static Page of(StatusReport status, UnaryOperator<String> hint) {
        RunPage run = new RunPage();
        run.page.heading("Migration " + status.migrationId() + ": "
                + status.outcome()
                        .map(Object::toString)
                        .orElse(status.lock().isPresent() ? "under way" : "its process is gone"));
        run.page.sentence("Strategy " + status.strategy() + ", " + Times.of(status.durationSeconds())
                + (status.reason().isEmpty() ? "." : "; " + status.reason() + "."));
        run.owners(status.steps());
        run.moves(status.podsRestarted(), status.podsRestartedMoreThanOnce());
        status.lock().ifPresent(holder -> run.page.sentence("At work: " + holder + "."));
        status.parked().ifPresent(parked -> {
            run.page.sentence("Parked since " + parked.since() + ".");
            run.page.bullets(
                    parked.unsafe().stream().map(u -> "unsafe meanwhile: " + u).toList());
        });
        boolean rests = status.parked().isPresent();
        run.body(
                status.steps(),
                step -> rests && step.outcome() == StepTrace.Standing.RUNNING ? "half done" : step.outcome(),
                status.services(),
                status.ipCurve());
        run.ends(status.deferred(), status.violations(), status.findings(), status.notModelled());
        status.copyBehind()
                .ifPresent(why -> run.page.sentence("The copy of the journal in the cluster is behind: " + why + "."));
        return run.page.sentence("\nNext: " + hint.apply(status.next())).build();
    }

    private static String guard(GuardTally tally) {
        return tally.guard() + ": " + Count.of(tally.taken(), "sample") + ", " + tally.red() + " against its budget"
                + (tally.last().isEmpty() ? "" : "; last: " + tally.last());
    }

    private void owners(List<StepLine> steps) {
        Duration waited = steps.stream()
                .filter(s -> s.executor() == Executor.OWNER)
                .flatMap(s -> s.startedAt().flatMap(at -> s.finishedAt().map(f -> Duration.between(at, f))).stream())
                .reduce(Duration.ZERO, Duration::plus);
        if (!waited.isZero()) {
            page.sentence("Of that, " + Times.of(waited) + " passed until owners had done their part.");
        }
    }

    private void moves(int once, int again) {
        page.sentence(
                once == 0
                        ? "No pod moved."
                        : Count.of(once, "pod") + " moved, " + (again == 0 ? "none" : again)
                                + " of them more than once.");
    }

    private void body(
            List<StepLine> steps,
            Function<StepLine, Object> outcome,
            List<ServiceSeconds> services,
            List<AddressPoint> curve) {
        Optional<Instant> begin = Stream.concat(
                        steps.stream().flatMap(s -> s.startedAt().stream()),
                        curve.stream().map(AddressPoint::at))
                .min(Instant::compareTo);
        Table.Builder table = Table.of("phase", "step", "outcome", ">at", ">took", "detail");
        for (StepLine step : steps) {
            table.row(
                    step.phase(),
                    step.id(),
                    outcome.apply(step),
                    step.startedAt()
                            .flatMap(at -> begin.map(b -> clock(Duration.between(b, at))))
                            .orElse(""),
                    step.startedAt()
                            .flatMap(at -> step.finishedAt().map(f -> Times.of(Duration.between(at, f))))
                            .orElse(""),
                    step.detail());
        }
        page.table("Steps", table.build());
        services(services);
        begin.ifPresent(from -> curve(curve, from));
    }

    private void wayBack(BackCost cost) {
        page.heading("Way back");
        page.sentence(Times.of(cost.durationSeconds()) + ", " + Count.of(cost.nodesToMake(), "node") + " to make, "
                + Count.of(cost.podsRestarted(), "pod") + " restarted, Services below their minimum for "
                + Times.of(cost.secondsBelowMinimum()) + ".");
        page.sentence("Addresses needed: " + Addresses.words(cost.addressesNeeded()) + ".");
        list("Points of no return that were passed", cost.pointsOfNoReturn());
    }

    private void services(List<ServiceSeconds> services) {
        Table.Builder table = Table.of("service", ">min ready", ">desired", ">below min", ">consented");
        List<ServiceSeconds> guaranteed =
                services.stream().filter(s -> s.minReady() > 0).toList();
        List<ServiceSeconds> shown = guaranteed.size() <= SERVICES_SHOWN
                ? guaranteed
                : guaranteed.stream().filter(RunPage::fell).toList();
        shown.forEach(s -> table.row(
                s.key(),
                s.minReady(),
                s.desired(),
                Times.of(s.secondsBelowMinimum()),
                Times.of(s.consentedSecondsBelowMinimum())));
        page.table("Services", table.build());
        if (shown.size() < guaranteed.size()) {
            page.sentence(Count.of(guaranteed.size() - shown.size(), "Service") + " never had fewer than the minimum.");
        }
    }

    private static boolean fell(ServiceSeconds service) {
        return !service.secondsBelowMinimum().isZero()
                || !service.consentedSecondsBelowMinimum().isZero();
    }

    /** Of each subnet the begin, the peak and the end of its curve. */
    private void curve(List<AddressPoint> points, Instant begin) {
        Map<String, List<AddressPoint>> bySubnet = new TreeMap<>();
        points.forEach(p ->
                bySubnet.computeIfAbsent(p.subnet(), s -> new ArrayList<>()).add(p));
        Table.Builder table = Table.of("subnet", ">before", ">peak", ">peak at", ">after");
        bySubnet.forEach((subnet, of) -> {
            AddressPoint peak =
                    of.stream().reduce((a, b) -> b.used() > a.used() ? b : a).orElseThrow();
            table.row(
                    subnet,
                    of.get(0).used(),
                    peak.used(),
                    clock(Duration.between(begin, peak.at())),
                    of.get(of.size() - 1).used());
        });
        page.table("Addresses in use", table.build());
    }

    private void ends(
            List<Deferred> deferred, List<Finding> violations, List<Finding> findings, List<String> notModelled) {
        Table.Builder table = Table.of("node", "pod", "why it stays");
        deferred.forEach(d -> table.row(d.node(), d.pod(), d.reason()));
        page.table("Stays on the VPC CNI", table.build());
        list("What went wrong", Findings.items(violations));
        list("What stands against going on", Findings.items(findings));
        list("Not modelled", notModelled);
    }

    private void list(String heading, List<String> items) {
        if (!items.isEmpty()) {
            page.heading(heading).bullets(items);
        }
    }

    private static String clock(Duration since) {
        long minutes = since.truncatedTo(ChronoUnit.MINUTES).toMinutes();
        return String.format("%d:%02d:%02d", minutes / 60, minutes % 60, since.toSecondsPart());
    }
}
