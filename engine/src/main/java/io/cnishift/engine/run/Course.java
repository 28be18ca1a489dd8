package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.Bounds;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.slice.Pace;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.StepTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The slice of one run, laid from its begin: what it takes, and whether what would begin now is expected to end in time.
 * Whatever is expected rests on what the journal has measured of this migration.
 */
record Course(Slice slice, Instant start, Optional<Instant> endsAt) {

    Course {
        Objects.requireNonNull(slice);
        Objects.requireNonNull(start);
        Objects.requireNonNull(endsAt);
    }

    static Course of(Slice slice, Instant start) {
        return new Course(slice, start, slice.endsAt(start));
    }

    /** Whether the slice is over. */
    boolean over(Instant now) {
        return endsAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** When it ends, in words. */
    String end() {
        return endsAt.map(slice::local).orElse("");
    }

    /** How far a step may go node by node; groups whose turn it was are left. */
    Bounds bounds(JournalState state, Instant now, List<String> left) {
        return new Bounds() {
            @Override
            public boolean takes(String group, String zone, Map<String, String> labels) {
                return slice.takes(group, zone, labels);
            }

            @Override
            public int nodes() {
                return shut(state, now).isPresent() ? 0 : Course.this.nodes(state);
            }

            @Override
            public List<String> left() {
                return left;
            }
        };
    }

    /** Whether it has begun all the nodes that it may. */
    boolean isSpent(JournalState state) {
        return nodes(state) == 0;
    }

    private int nodes(JournalState state) {
        int begun = state.run().drains().begun();
        return slice.nodes().isPresent() ? Math.max(0, slice.nodes().getAsInt() - begun) : Integer.MAX_VALUE;
    }

    /** Why no further drain may begin. */
    Optional<String> shut(JournalState state, Instant now) {
        if (nodes(state) == 0) {
            return Optional.of("the "
                    + Count.of(slice.nodes().orElse(0), "node of this run is", "nodes of this run are") + " done");
        }
        if (endsAt.isEmpty()) {
            return Optional.empty();
        }
        Pace pace = state.run().drains().pace();
        return late(pace.drain(), now)
                ? Optional.of("a drain takes " + pace.words() + ", and the slice ends at " + end())
                : Optional.empty();
    }

    private boolean late(Duration takes, Instant now) {
        return endsAt.filter(end -> now.plus(takes).isAfter(end)).isPresent();
    }

    /**
     * Why a step must not begin: it is not expected to end in time. One that is longer than the whole slice would never begin, so it
     * is stopped in the middle and gone on with; unless there is no way back from it. What owners do they do in their own time.
     */
    Optional<String> tooLate(MigrationPlan plan, MigrationPlan.Step step, JournalState state, Instant now) {
        Duration takes = takes(plan, step, state);
        boolean whole = endsAt.filter(end -> start.plus(takes).isAfter(end)).isPresent();
        boolean may = !step.pointOfNoReturn() && (whole || step.executor() == Executor.OWNER);
        return late(takes, now) && !may
                ? Optional.of("step " + step.id() + " takes about " + Pace.words(takes) + " and the slice ends at "
                        + end() + ", so it is not begun")
                : Optional.empty();
    }

    /** How long a step takes: the longest of its kind so far; of a roll the first drain, for it may rest after each. */
    static Duration takes(MigrationPlan plan, MigrationPlan.Step step, JournalState state) {
        if (isRoll(step)) {
            return state.run().drains().pace().drain();
        }
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(s -> s.kind().equals(step.kind()) && state.done(s.id()) && !isRoll(s))
                .map(s -> state.trace(s.id()))
                .flatMap(t ->
                        t.startedAt().flatMap(from -> t.finishedAt().map(to -> Duration.between(from, to))).stream())
                .max(Duration::compareTo)
                .orElseGet(() -> StepTimes.of(step.kind()));
    }

    /** What a step rolls when it replaces all nodes of a group. */
    static Optional<RollNodes> roll(MigrationPlan.Step step) {
        return step.params() instanceof RollNodes roll
                        && step.kind().equals(StepKinds.id(RollNodes.class))
                        && roll.extent() == RollNodes.Extent.ALL
                ? Optional.of(roll)
                : Optional.empty();
    }

    private static boolean isRoll(MigrationPlan.Step step) {
        return roll(step).isPresent();
    }

    /** Old nodes that a roll still has to replace. */
    static List<Node> ahead(View view, RollNodes roll) {
        return view.nodesOf(roll.from()).stream()
                .filter(n -> !n.labels().containsKey(roll.cniLabel()))
                .toList();
    }

    /** Those of them that the slice takes. */
    long taken(View view, RollNodes roll) {
        return ahead(view, roll).stream()
                .filter(n -> slice.takes(roll.from(), n.zone(), n.labels()))
                .count();
    }
}
