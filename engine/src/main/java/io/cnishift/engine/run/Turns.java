package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.journal.JournalState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The turns of the groups in one phase: a roll with the steps before it that make its new nodes ready. A turn that has not begun is
 * left out when the slice takes none of its nodes.
 */
final class Turns {

    private final Set<String> leftOut = new LinkedHashSet<>();
    private final Set<String> toCome = new LinkedHashSet<>();
    private final List<String> groups = new ArrayList<>();

    private Turns() {}

    static Turns of(MigrationPlan.Phase phase, Course course, View view, JournalState state) {
        Turns turns = new Turns();
        List<String> turn = new ArrayList<>();
        for (MigrationPlan.Step step : phase.steps()) {
            turn.add(step.id());
            Optional<RollNodes> roll = Course.roll(step);
            if (roll.isPresent()) {
                boolean none = !Course.ahead(view, roll.get()).isEmpty() && course.taken(view, roll.get()) == 0;
                if (none && !state.begun(step.id())) {
                    turns.leftOut.addAll(turn);
                    turns.groups.add(roll.get().from());
                } else if (course.taken(view, roll.get()) > 0 && !state.begun(step.id())) {
                    turns.toCome.addAll(turn);
                }
                turn.clear();
            }
        }
        return turns;
    }

    boolean leavesOut(MigrationPlan.Step step) {
        return leftOut.contains(step.id());
    }

    /** Whether a step makes nodes ready, or replaces some, of a group whose turn had not begun. */
    boolean isToCome(MigrationPlan.Step step) {
        return toCome.contains(step.id());
    }

    /** Groups whose turn is left out. */
    List<String> groups() {
        return List.copyOf(groups);
    }

    /** What is left of all groups of the phase, in words; empty when nothing is. */
    static String left(MigrationPlan.Phase phase, View view, JournalState state) {
        return phase.steps().stream()
                .filter(step -> !state.done(step.id()))
                .flatMap(step -> Course.roll(step).stream())
                .filter(roll -> !Course.ahead(view, roll).isEmpty())
                .map(roll -> Count.of(Course.ahead(view, roll).size(), "node") + " of " + roll.from())
                .collect(Collectors.joining(", "));
    }
}
