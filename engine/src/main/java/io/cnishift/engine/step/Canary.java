package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.util.List;

/**
 * The first nodes of a new group, as many as the surge: made, waited for and proven. Then the old nodes are tainted softly,
 * so that what moves from now on moves once. Nothing is drained and the old group keeps its sizes.
 */
final class Canary {

    private final View view;
    private final RollNodes params;
    private final Progress progress;

    Canary(View view, RollNodes params, Progress progress) {
        this.view = view;
        this.params = params;
        this.progress = progress;
    }

    StepOutcome next(Fleet fleet) {
        List<Node> old = fleet.nodes();
        if (old.isEmpty()) {
            return Outcomes.done(params.from() + " has no node to replace");
        }
        Agenda agenda = new Agenda();
        Replacement replacement = new Replacement(view, params, progress, fleet);
        replacement.raise(params.maxSurge(), agenda);
        Proof proof = new Proof(view, params, progress, replacement.arrived(agenda), old);
        proof.next(agenda);
        int proven = proof.proven().size();
        if (!agenda.idle() || proven < params.maxSurge()) {
            return agenda.outcome(progress);
        }
        List<Node> untainted = fleet.untainted();
        return untainted.isEmpty()
                ? Outcomes.done(Count.of(proven, "node") + " of " + params.to() + " proven")
                : new Attempts(progress)
                        .perform(
                                "tainting " + Count.of(untainted.size(), "old node"),
                                untainted.stream().map(NodeMarks::taint).toList());
    }
}
