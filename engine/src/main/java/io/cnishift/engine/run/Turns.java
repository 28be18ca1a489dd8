package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.journal.JournalState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The turns of the groups in one phase: a roll with the steps before it that make its new nodes ready. A turn that has not begun is
 * left out when the slice takes none of its nodes.
 */
final class Turns {

    private final Set<String> leftOut = new LinkedHashSet<>();
    private final List<String> groups = new ArrayList<>();

    private Turns() {}

    static Turns of(MigrationPlan.Phase phase, Course course, View view, JournalState state) {
        Turns turns = new Turns();
        List<String> turn = new ArrayList<>();
        for (MigrationPlan.Step step : phase.steps()) {
            turn.add(step.id());
            if (Course.isRoll(step)) {
                RollNodes roll = (RollNodes) step.params();
                boolean none = !Course.ahead(view, roll).isEmpty() && course.taken(view, roll) == 0;
                if (none && !state.begun(step.id()) && !state.done(step.id())) {
                    turns.leftOut.addAll(turn);
                    turns.groups.add(roll.from());
                }
                turn.clear();
            }
        }
        return turns;
    }

    boolean leavesOut(MigrationPlan.Step step) {
        return leftOut.contains(step.id());
    }

    /** Groups whose turn is left out. */
    List<String> groups() {
        return List.copyOf(groups);
    }

    /** What is left of all groups of the phase, in words; empty when nothing is. */
    static String left(MigrationPlan.Phase phase, View view, JournalState state) {
        List<String> words = new ArrayList<>();
        for (MigrationPlan.Step step : phase.steps()) {
            if (Course.isRoll(step) && !state.done(step.id())) {
                RollNodes roll = (RollNodes) step.params();
                int left = Course.ahead(view, roll).size();
                if (left > 0) {
                    words.add(Count.of(left, "node") + " of " + roll.from());
                }
            }
        }
        return String.join(", ", words);
    }
}
