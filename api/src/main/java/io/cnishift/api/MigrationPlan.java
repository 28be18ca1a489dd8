package io.cnishift.api;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.plan.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A migration as data: phases of steps, bound to one cluster. Saved, reviewed and applied later.
 *
 * @param format version of this document, {@link #FORMAT}
 * @param accepted the consents it was made with
 * @param holds phases before which a run stops until it is told to go on
 * @param second the cluster that what runs moves to, which exists already; empty where there is one cluster only
 * @param mayRemain node groups, or workloads {@code Kind/namespace/name}, whose nodes may stay as they are
 */
public record MigrationPlan(
        int format,
        String strategy,
        Target cluster,
        Map<String, Object> options,
        List<Consent> accepted,
        List<String> holds,
        List<String> mayRemain,
        List<Phase> phases,
        Optional<Target> second) {
    public static final int FORMAT = 1;

    /** Steps that belong together; ids are shared by all strategies (preflight, fence, roll, ...). */
    public record Phase(String id, List<Step> steps) {
        public Phase {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step. A strategy leaves {@code facts} empty: the engine derives them from kind, parameters and snapshot.
     *
     * @param why for a reader: what would go wrong without it
     * @param touches the objects it changes, as {@code PART/KEY}
     * @param rollback how it is taken back, in words; at a point of no return, why it cannot be
     */
    public record Step(
            String id,
            String kind,
            Record params,
            String why,
            List<String> touches,
            List<Fact> facts,
            Optional<Gate> gate,
            String rollback,
            boolean pointOfNoReturn,
            Executor executor) {
        public Step {
            touches = List.copyOf(touches);
            facts = List.copyOf(facts);
        }

        /** A step of cnishift's own that can be taken back, without a gate. */
        public static Step of(String id, String kind, Record params, String why, List<String> touches, String back) {
            return new Step(
                    id, kind, params, why, touches, List.of(), Optional.empty(), back, false, Executor.CNISHIFT);
        }

        /** The same step with these facts. */
        public Step with(List<Fact> found) {
            return new Step(id, kind, params, why, touches, found, gate, rollback, pointOfNoReturn, executor);
        }

        /** The same step, made by that executor. */
        public Step by(Executor other) {
            return new Step(id, kind, params, why, touches, facts, gate, rollback, pointOfNoReturn, other);
        }

        /** The same step behind a gate. */
        public Step gated(Gate g) {
            return new Step(id, kind, params, why, touches, facts, Optional.of(g), rollback, pointOfNoReturn, executor);
        }

        /** The same step, as a point after which there is no cheap way back. */
        public Step withoutReturn(String because) {
            return new Step(id, kind, params, why, touches, facts, gate, because, true, executor);
        }
    }

    public MigrationPlan {
        options = Tree.copy(options);
        accepted = List.copyOf(accepted);
        holds = List.copyOf(holds);
        mayRemain = List.copyOf(mayRemain);
        phases = List.copyOf(phases);
    }
}
