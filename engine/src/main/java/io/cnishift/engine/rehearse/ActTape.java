package io.cnishift.engine.rehearse;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.Surroundings;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.run.RunListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The acts that a run tries, as they come, each once, with the step that does it. */
public final class ActTape implements RunListener {

    private final Map<Act, Line> lines = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();

    /**
     * One act of a step.
     *
     * @param command the same by hand
     */
    record Line(String step, Act act, String command) {
        Line {
            Objects.requireNonNull(step);
            Objects.requireNonNull(act);
            Objects.requireNonNull(command);
        }
    }

    @Override
    public void stepBegun(MigrationPlan.Step step) {
        begun.add(step.id());
    }

    /** Before the act, for afterwards what it names may be gone; those that are refused count too. */
    @Override
    public void performing(MigrationPlan.Step step, Act act, View view) {
        add(step, act, view);
    }

    @Override
    public void left(MigrationPlan.Step step, Act act, View view) {
        add(step, act, view);
    }

    private void add(MigrationPlan.Step step, Act act, View view) {
        lines.computeIfAbsent(
                unconditional(act), plain -> new Line(step.id(), plain, plain.command(Surroundings.of(view))));
    }

    /** Versions of objects in a rehearsal are its own. */
    private static Act unconditional(Act act) {
        return act instanceof PatchObject patch
                ? new PatchObject(patch.object(), patch.type(), patch.patch(), Optional.empty())
                : act;
    }

    /** Whether the run came to that step. */
    boolean reached(String step) {
        return begun.contains(step);
    }

    /** All acts in their order. */
    List<Line> lines() {
        return new ArrayList<>(lines.values());
    }
}
