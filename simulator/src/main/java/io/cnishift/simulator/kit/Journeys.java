package io.cnishift.simulator.kit;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.kit.Deaths.Death;
import io.cnishift.simulator.world.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What comes of a strategy's plan in a simulated cluster, there and back. A plan that is refused is asked for its reason only. */
final class Journeys {

    private static final int PROCESSES = 1000;

    private static final boolean EACH =
            System.getProperty("cnishift.contract", "").equals("all");

    private final Trial trial;
    private Optional<Undisturbed> undisturbed = Optional.empty();
    private Optional<Back> alive = Optional.empty();

    Journeys(Trial trial) {
        this.trial = trial;
    }

    /** A run in which nothing went wrong on purpose. */
    private record Undisturbed(
            Simulation simulation, RunReport report, List<Violation> seen, List<Violation> again, ClusterState end) {}

    /**
     * How a way back ended.
     *
     * @param stop the steps that the reason of its stop names; empty when it came through
     * @param end how and why it stopped
     * @param differences what is not as it was
     */
    private record Back(Optional<List<String>> stop, String end, List<String> differences) {

        List<Violation> violations(String check) {
            return stop.filter(List::isEmpty).isPresent()
                    ? List.of(new Violation(check, "the way back ends " + end + ", which names no step"))
                    : differences.stream()
                            .map(d -> new Violation(check, "after the way back: " + d))
                            .toList();
        }
    }

    List<Violation> arrives() {
        return planned().fold(planned -> arrived(run(planned.plan())), refused -> reasons(refused.findings()));
    }

    private static List<Violation> arrived(Undisturbed run) {
        RunReport report = run.report();
        List<Violation> wrong = new ArrayList<>(run.seen());
        if (report.outcome() != RunOutcome.SUCCEEDED) {
            wrong.add(new Violation("arrives", "the run ends " + report.outcome() + ": " + report.reason()));
        }
        report.services().stream()
                .filter(s -> !s.secondsBelowMinimum().isZero())
                .forEach(s -> wrong.add(new Violation(
                        "arrives",
                        "Service " + s.namespace() + "/" + s.name() + " is below its minimum for "
                                + s.secondsBelowMinimum().toSeconds() + " s")));
        report.notModelled().forEach(what -> wrong.add(new Violation("arrives", "not modelled: " + what)));
        report.violations().stream()
                .filter(f -> f.severity() == Severity.BLOCKER)
                .forEach(f -> wrong.add(new Violation("arrives", f.subject() + ": " + f.message())));
        return wrong;
    }

    private static List<Violation> reasons(List<Finding> findings) {
        return findings.stream()
                        .anyMatch(f -> f.stops()
                                && !f.message().isBlank()
                                && !f.remedy().isBlank())
                ? List.of()
                : List.of(new Violation("arrives", "no plan, and no blocker says why and what to do: " + findings));
    }

    /** The plan that is made at the end, if there is one, writes nothing. */
    List<Violation> rests() {
        return planned().fold(planned -> run(planned.plan()).again(), refused -> List.of());
    }

    /** Wherever processes die. */
    List<Violation> survives() {
        return planned().fold(planned -> survived(planned.plan()), refused -> List.of());
    }

    private List<Violation> survived(MigrationPlan plan) {
        List<Death> all = Deaths.all(steps(plan));
        List<List<Death>> fates = EACH
                ? all.stream().map(List::of).toList()
                : List.copyOf(all.stream()
                        .collect(Collectors.partitioningBy(d -> d.place() == Deaths.Place.IN))
                        .values());
        ClusterState end = run(plan).end();
        List<Violation> wrong = new ArrayList<>();
        for (List<Death> fate : fates) {
            String where = fate.size() == 1 ? fate.get(0).toString() : fate.size() + " places";
            Simulation simulation = trial.open(plan);
            RunReport report = lived(plan, simulation, new Deaths(fate));
            if (report.outcome() != RunOutcome.SUCCEEDED) {
                wrong.add(new Violation(
                        "survives", "dying " + where + " it ends " + report.outcome() + ": " + report.reason()));
            } else {
                end.differences(ClusterState.of(simulation))
                        .forEach(d ->
                                wrong.add(new Violation("survives", "dying " + where + " it ends otherwise: " + d)));
            }
        }
        return wrong;
    }

    private RunReport lived(MigrationPlan plan, Simulation simulation, Deaths deaths) {
        Journal journal = Journal.inMemory("contract");
        for (int process = 0; process < PROCESSES; process++) {
            journal = Journal.inMemory(journal).through(deaths::of);
            Optional<RunReport> report = process(plan, simulation, journal, RunLimits.THROUGH);
            if (report.isPresent()) {
                return report.get();
            }
        }
        throw new IllegalStateException("after " + PROCESSES + " processes the run has not ended");
    }

    /** How far one process comes; empty when it dies. */
    private Optional<RunReport> process(MigrationPlan plan, Simulation simulation, Journal journal, RunLimits limits) {
        Trial another = trial.inAnotherProcess();
        RunRequest request = another.request(plan, journal, simulation).within(limits);
        try {
            return Optional.of((journal.isEmpty()
                            ? another.runner().apply(request)
                            : another.runner().resume(request))
                    .report());
        } catch (SimulatedCrash death) {
            simulation.kernel().forgetWatches();
            simulation.second().ifPresent(there -> there.kernel().forgetWatches());
            return Optional.empty();
        }
    }

    /**
     * From wherever processes died: what an act that nobody answered has done is taken back too. The way may end early only where it does
     * without a death.
     */
    List<Violation> turns() {
        return planned().fold(planned -> turned(planned.plan()), refused -> List.of());
    }

    private List<Violation> turned(MigrationPlan plan) {
        List<String> steps = returnable(plan);
        if (steps.isEmpty()) {
            return List.of();
        }
        List<Death> all = Deaths.all(steps);
        List<List<Death>> fates = EACH
                ? all.stream().map(List::of).toList()
                : List.of(all.stream().filter(d -> d.place() == Deaths.Place.IN).toList());
        return fates.stream()
                .flatMap(fate -> turned(plan, new Deaths(fate), steps.get(steps.size() - 1)).stream())
                .toList();
    }

    /** The process after the last death turns back. */
    private List<Violation> turned(MigrationPlan plan, Deaths deaths, String last) {
        Simulation simulation = trial.open(plan);
        ClusterState start = ClusterState.of(simulation);
        Journal journal = Journal.inMemory("contract");
        boolean under = true;
        for (int process = 0; under && process < PROCESSES; process++) {
            journal = Journal.inMemory(journal).through(deaths::of);
            under = process(plan, simulation, journal, RunLimits.THROUGH.lastStep(last))
                            .isEmpty()
                    && !deaths.over();
        }
        RunRequest request = trial.request(plan, Journal.inMemory(journal), simulation);
        Back back = wayBack(trial, plan, request, simulation, start);
        return back.stop().isEmpty() || back.stop().equals(alive(plan, last).stop())
                ? back.violations("turns")
                : List.of(new Violation(
                        "turns", "the way back ends " + back.end() + "; where no process died it does not end there"));
    }

    /** As far as the plan can be taken back. */
    List<Violation> returns() {
        return planned().fold(planned -> returned(planned.plan()), refused -> List.of());
    }

    private List<Violation> returned(MigrationPlan plan) {
        List<String> steps = returnable(plan);
        if (steps.isEmpty()) {
            return List.of();
        }
        return alive(plan, steps.get(steps.size() - 1)).violations("returns");
    }

    /** The way back of a process that lived until then. */
    private Back alive(MigrationPlan plan, String last) {
        if (alive.isEmpty()) {
            Simulation simulation = trial.open(plan);
            ClusterState start = ClusterState.of(simulation);
            RunRequest request = trial.request(plan, Journal.inMemory("contract"), simulation);
            trial.runner().apply(request.within(RunLimits.THROUGH.lastStep(last)));
            alive = Optional.of(wayBack(trial, plan, request, simulation, start));
        }
        return alive.get();
    }

    private static Back wayBack(
            Trial trial, MigrationPlan plan, RunRequest request, Simulation simulation, ClusterState start) {
        RunReport back = new Rollbacks(trial.runner()).turn(request).report();
        return back.outcome() == RunOutcome.ROLLED_BACK
                ? new Back(Optional.empty(), "", start.differences(ClusterState.of(simulation)))
                : new Back(
                        Optional.of(steps(plan).stream()
                                .filter(step -> named(step, back.reason()))
                                .toList()),
                        back.outcome() + ": " + back.reason(),
                        List.of());
    }

    /** Ids of steps may begin alike. */
    private static boolean named(String step, String reason) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(step) + "(?![\\w-])")
                .matcher(reason)
                .find();
    }

    private PlanResult planned() {
        return trial.plan(trial.strategy(), trial.cluster());
    }

    private Undisturbed run(MigrationPlan plan) {
        if (undisturbed.isEmpty()) {
            Simulation simulation = trial.open(plan);
            Watched.Watch watch = Watched.over(trial, plan, simulation);
            RunReport report = trial.runner()
                    .apply(trial.request(plan, watch.journal(), simulation))
                    .report();
            ClusterState end = ClusterState.of(simulation);
            undisturbed = Optional.of(
                    new Undisturbed(simulation, report, List.copyOf(watch.seen()), again(report, simulation), end));
        }
        return undisturbed.get();
    }

    /** A hybrid end leaves something to do. */
    private List<Violation> again(RunReport report, Simulation simulation) {
        boolean complete = report.end().filter(RunEnd.COMPLETE::equals).isPresent();
        return complete
                ? trial.plan(trial.strategy(), Snapshots.of(simulation.world(), "contract"))
                        .fold(planned -> acted(planned.plan(), simulation), refused -> List.of())
                : List.of();
    }

    private List<Violation> acted(MigrationPlan plan, Simulation simulation) {
        Journal journal = Journal.inMemory("again");
        trial.runner().apply(trial.request(plan, journal, simulation));
        return journal.lines().stream()
                .map(JournalLine::record)
                .filter(JournalRecord.ActIntended.class::isInstance)
                .map(JournalRecord.ActIntended.class::cast)
                .map(intent -> new Violation(
                        "rests",
                        "applied again, step " + intent.step() + " acts: "
                                + intent.act().target()))
                .toList();
    }

    private static List<String> steps(MigrationPlan plan) {
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .map(MigrationPlan.Step::id)
                .toList();
    }

    /** Those before the first without return. */
    private static List<String> returnable(MigrationPlan plan) {
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .takeWhile(step -> !step.pointOfNoReturn())
                .map(MigrationPlan.Step::id)
                .toList();
    }
}
