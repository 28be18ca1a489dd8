package io.cnishift.cli.run;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.compare.Comparison;
import io.cnishift.engine.compare.PodNetworks;
import io.cnishift.engine.compare.Rehearsed;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.rehearse.Rehearsal;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunListener;
import io.cnishift.engine.run.Runner;
import io.cnishift.engine.run.Snapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs plans in fresh simulated copies of a cluster. Nothing is kept. */
public final class Rehearsals {

    private static final double SECONDS = 1000.0;
    private static final double SECONDS_OF_HOUR = 3600.0;

    private final Rehearsal rehearsal;
    private final WorldFactory worlds;
    private final PlanFiles plans;
    private final Seconds seconds;

    /** Rehearsals by that runner in worlds of that factory. */
    public Rehearsals(Runner runner, WorldFactory worlds, PlanFiles plans, Seconds seconds) {
        this(new Rehearsal(runner, worlds), worlds, plans, seconds);
    }

    private Rehearsals(Rehearsal rehearsal, WorldFactory worlds, PlanFiles plans, Seconds seconds) {
        this.seconds = Objects.requireNonNull(seconds);
        this.rehearsal = Objects.requireNonNull(rehearsal);
        this.worlds = Objects.requireNonNull(worlds);
        this.plans = Objects.requireNonNull(plans);
    }

    /** The same with a process that dies in the middle of each of these steps, once, and is followed by another. */
    public Rehearsals dyingIn(List<String> steps) {
        return new Rehearsals(rehearsal.dyingIn(steps), worlds, plans, seconds);
    }

    /** A fresh simulated cluster that looks like the snapshot. */
    public World open(ClusterSnapshot snapshot, WorldFactory.Settings settings) {
        return worlds.open(snapshot, settings);
    }

    /** Runs a plan as far as the limits say. */
    public RunResult run(
            ClusterSnapshot snapshot,
            MigrationPlan plan,
            WorldFactory.Settings settings,
            RunLimits limits,
            RunListener listener) {
        return rehearsal.run(StoredPlan.of(plan, plans), open(snapshot, plan, settings), limits, listener);
    }

    /** Runs a plan to the end of that step, then takes all of it back. */
    public Rehearsal.Turn turningAt(
            String step,
            ClusterSnapshot snapshot,
            MigrationPlan plan,
            WorldFactory.Settings settings,
            RunListener listener) {
        return rehearsal.turningAt(step, StoredPlan.of(plan, plans), open(snapshot, plan, settings), listener);
    }

    /** Runs a plan to its end, past all holds, and measures. */
    public Rehearsed measure(
            ClusterSnapshot snapshot, MigrationPlan plan, WorldFactory.Settings settings, RunListener listener) {
        World world = open(snapshot, plan, settings);
        RunResult result = rehearsal.run(StoredPlan.of(plan, plans), world, RunLimits.THROUGH, listener);
        Measures m = result.measures();
        return new Rehearsed(
                new Comparison.RehearsalLine(
                        result.report().outcome().toString(),
                        seconds(result.report().durationSeconds()),
                        m.requests().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        seconds(world.requestsLost().get()),
                        m.services().stream()
                                .mapToDouble(s -> seconds(s.consentedSecondsBelowMinimum()))
                                .sum(),
                        result.report().notModelled(),
                        result.report().violations()),
                new Comparison.DisruptionLine(
                        m.podsRestarted(),
                        m.podsRestartedMoreThanOnce(),
                        m.nodesReplaced(),
                        m.templatesChanged().size(),
                        m.services().stream()
                                .mapToDouble(s -> seconds(s.secondsBelowMinimum()))
                                .sum(),
                        plan.second().isPresent()),
                cost(world, result),
                alsoByBlock(peaks(result), world),
                alsoByBlock(after(result), world),
                // what runs afterwards runs in the second cluster, where the plan has one
                PodNetworks.of(View.of(Snapshots.of(world.second().orElse(world), "rehearsed"))));
    }

    /** The same with the second cluster of the plan beside it, where it has one. */
    public World open(ClusterSnapshot snapshot, MigrationPlan plan, WorldFactory.Settings settings) {
        return seconds.of(plan, snapshot)
                .map(second -> worlds.open(snapshot, second, settings))
                .orElseGet(() -> worlds.open(snapshot, settings));
    }

    /** Nodes beyond those of the begin; all of a second cluster's are, for as long as it takes. */
    private static Assessment.Cost cost(World world, RunResult result) {
        Measures m = result.measures();
        int beside = world.second()
                .map(there ->
                        there.kubernetes().read(Set.of(Part.NODES)).resources().size())
                .orElse(0);
        double hours =
                seconds(m.extraNodeTime()) + beside * seconds(result.report().durationSeconds());
        return new Assessment.Cost(hours / SECONDS_OF_HOUR, m.peakExtraNodes() + beside);
    }

    /** By the same curve that a run shows. */
    private static Map<String, Integer> after(RunResult result) {
        Map<String, Integer> after = new TreeMap<>();
        result.report().ipCurve().forEach(point -> after.put(point.subnet(), point.used()));
        return after;
    }

    /** A subnet that the run made is known by its block to whoever planned it. */
    private static Map<String, Integer> alsoByBlock(Map<String, Integer> bySubnet, World world) {
        Map<String, Integer> all = new TreeMap<>(bySubnet);
        for (Resource resource : world.aws().read(Set.of(Part.SUBNETS)).resources()) {
            Subnet subnet = (Subnet) resource;
            Optional.ofNullable(bySubnet.get(subnet.id()))
                    .ifPresent(used -> all.put(subnet.cidr().toString(), used));
        }
        return all;
    }

    private static Map<String, Integer> peaks(RunResult result) {
        Map<String, Integer> peaks = new TreeMap<>();
        for (AddressPoint point : result.report().ipCurve()) {
            peaks.merge(point.subnet(), point.used(), Math::max);
        }
        return peaks;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / SECONDS;
    }
}
