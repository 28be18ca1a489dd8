package io.cnishift.it.fault;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunListener;
import io.cnishift.it.Bench;
import io.cnishift.simulator.world.SimulatedWorlds;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The overlay migration of a cluster, rehearsed with faults. */
final class Faulty {

    private static final List<Consent> CONSENTS =
            List.of(consent("OVL-EMPTYDIR-DATA"), consent("OVL-HOST-NETWORK-GAP"), consent("OVL-KUBE-PROXY-CUT"));

    private final Bench bench = new Bench();
    private final ClusterSnapshot cluster;
    private final MigrationPlan plan;
    private final long seed;

    Faulty(ClusterSnapshot cluster) {
        this(cluster, 1);
    }

    Faulty(ClusterSnapshot cluster, long seed) {
        this(cluster, seed, Map.of());
    }

    Faulty(ClusterSnapshot cluster, long seed, Map<String, Object> options) {
        this.cluster = cluster;
        this.seed = seed;
        Intent intent = new Intent(Optional.empty(), List.of(), CONSENTS);
        PlanResult result =
                bench.result(cluster, new Wishes(intent, Map.of("overlay", options), Map.of(), List.of(), false));
        this.plan = result.fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings().toString());
        });
    }

    /** The run with these faults, {@code NAME=VALUE}. */
    RunResult with(String... faults) {
        return dyingIn(List.of(), faults);
    }

    /** The same by processes that die in the middle of these steps. */
    RunResult dyingIn(List<String> steps, String... faults) {
        return run(steps, faults).result();
    }

    /** A run that has ended, and the world in which it did. */
    record Ran(RunResult result, World world) {
        /** Lets the world go on by itself. */
        void pass(Duration time) {
            Instant until = world.time().now().plus(time);
            while (world.time().now().isBefore(until)) {
                world.time().await(until);
            }
        }

        /** All nodes. */
        List<Node> nodes() {
            return world.kubernetes().read(Set.of(Part.NODES)).resources().stream()
                    .map(Node.class::cast)
                    .toList();
        }

        /** Instances of a group that run. */
        List<Instance> running(String group) {
            return world.aws().read(Set.of(Part.INSTANCES)).resources().stream()
                    .map(Instance.class::cast)
                    .filter(i -> i.nodeGroup().equals(Optional.of(group)))
                    .filter(i -> i.state().equals("running"))
                    .toList();
        }
    }

    Ran run(List<String> steps, String... faults) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String fault : faults) {
            given.put(fault.split("=", 2)[0], fault.split("=", 2)[1]);
        }
        World world = new SimulatedWorlds().open(cluster, new Settings(seed, given));
        StoredPlan stored = StoredPlan.of(plan, bench.files());
        return new Ran(bench.rehearsal().dyingIn(steps).run(stored, world, RunLimits.THROUGH, RunListener.NONE), world);
    }

    /** Whether all is done and nobody noticed. */
    static boolean harmless(RunResult result) {
        RunReport report = result.report();
        return report.outcome() == RunOutcome.SUCCEEDED
                && report.end().equals(Optional.of(RunEnd.COMPLETE))
                && report.violations().isEmpty()
                && report.services().stream()
                        .allMatch(s -> s.secondsBelowMinimum().isZero());
    }

    /** All that is to be known of a run that ended otherwise than expected. */
    String text(RunResult result) {
        return bench.text(result.report());
    }

    /** Why a run ended, with its findings. */
    static String reason(RunResult result) {
        return result.report().outcome() + ": " + result.report().reason() + " "
                + result.report().findings();
    }

    private static Consent consent(String code) {
        return new Consent(code, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("for a test"));
    }
}
