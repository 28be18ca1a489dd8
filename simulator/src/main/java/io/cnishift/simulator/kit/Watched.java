package io.cnishift.simulator.kit;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalReader;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalSink;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.cni.CniKind;
import io.cnishift.simulator.cni.Dataplane;
import io.cnishift.simulator.world.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the cluster whenever a step of a run is done: every node that takes pods must have a CNI that works, and the step, asked
 * once more, must find nothing to do.
 */
final class Watched implements JournalSink, JournalReader {

    private final Trial trial;
    private final MigrationPlan plan;
    private final Simulation simulation;
    private final JournalSink inner;
    private final Journal[] journal = new Journal[1];
    private final List<Violation> seen = new ArrayList<>();

    private Watched(Trial trial, MigrationPlan plan, Simulation simulation, JournalSink inner) {
        this.trial = trial;
        this.plan = plan;
        this.simulation = simulation;
        this.inner = inner;
    }

    /** A journal that is watched, and what was seen. */
    record Watch(Journal journal, List<Violation> seen) {}

    static Watch over(Trial trial, MigrationPlan plan, Simulation simulation) {
        List<Watched> made = new ArrayList<>();
        Journal journal = Journal.inMemory("contract").through(sink -> {
            Watched watched = new Watched(trial, plan, simulation, sink);
            made.add(watched);
            return watched;
        });
        made.get(0).journal[0] = journal;
        return new Watch(journal, made.get(0).seen);
    }

    @Override
    public void write(JournalLine line) {
        inner.write(line);
        line.record().tell(this, line);
    }

    @Override
    public void read(JournalRecord.StepDone record, JournalLine line) {
        View view = View.of(Snapshots.of(simulation.world(), "contract"));
        view.nodes().stream()
                .filter(node -> bare(view, node))
                .forEach(node -> seen.add(new Violation(
                        "cni",
                        "after step " + record.step() + " node " + node.name()
                                + " takes pods and has no CNI that works")));
        plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> step.id().equals(record.step()))
                .forEach(step -> trial.kind(step.kind()).ifPresent(kind -> again(step, kind, view)));
    }

    private <P extends Record> void again(MigrationPlan.Step step, StepKind<P> kind, View view) {
        StepOutcome outcome = kind.handler()
                .next(
                        view,
                        kind.params().cast(step.params()),
                        journal[0]
                                .state()
                                .progress(step.id(), simulation.kernel().clock().now()));
        if (outcome instanceof StepOutcome.Perform perform) {
            seen.add(new Violation(
                    "idempotent",
                    "step " + step.id() + " is done, and asked once more it wants to act: " + perform.reason()));
        }
    }

    private boolean bare(View view, Node node) {
        Dataplane dataplane = Dataplane.of(simulation.kernel());
        Optional<CniKind> kind = dataplane.newPods(node.name());
        boolean fargate = "fargate".equals(node.labels().get("eks.amazonaws.com/compute-type"));
        if (!node.ready() || node.unschedulable() || !node.linux() || fargate) {
            return false;
        }
        boolean works = kind.filter(CniKind.VPC_CNI::equals).isPresent()
                ? dataplane.awsNodeEnv(node.name()).isPresent() && keepsAwsNode(view, node)
                : kind.isPresent() && dataplane.agentReady(node.name());
        return !works;
    }

    /** What is on its way out still runs. */
    private static boolean keepsAwsNode(View view, Node node) {
        return view.awsNode()
                .filter(daemonSet -> view.podsOn(node.name()).stream()
                        .anyMatch(pod -> !pod.terminating()
                                && pod.workload()
                                        .filter(daemonSet.key()::equals)
                                        .isPresent()))
                .isPresent();
    }

    @Override
    public void close() {
        inner.close();
    }
}
