package io.cnishift.engine.rollback;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.SetVpcCniMode;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.plan.PhaseIds;
import io.cnishift.engine.rollback.RollbackPlan.BackStep;
import io.cnishift.engine.rollback.RollbackPlan.NoReturn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a run that are to be taken back, from plan and journal alone. A step that acted is placed by its first
 * intent; the last one goes back first. One that never acted goes back too, so that a run which goes forward again asks it
 * again. A mode of the VPC CNI goes before the first roll: nodes come back in the mode that is in force.
 */
final class WayBack {

    private final Map<String, MigrationPlan.Step> steps = new LinkedHashMap<>();
    private final Map<String, String> phases = new HashMap<>();
    private final Journal journal;
    private final List<String> order;

    WayBack(MigrationPlan plan, Journal journal, Optional<String> toPhase) {
        this.journal = journal;
        plan.phases()
                .forEach(phase -> phase.steps().forEach(step -> {
                    steps.put(step.id(), step);
                    phases.put(step.id(), phase.id());
                }));
        Set<String> stays = stays(plan, toPhase);
        order = modesBeforeRolls(latestFirst(journal.state()).stream()
                .filter(id -> steps.containsKey(id) && !stays.contains(id))
                .toList());
    }

    List<String> order() {
        return order;
    }

    List<BackStep> steps() {
        Intents intents = new Intents();
        journal.lines().forEach(line -> line.record().tell(intents, line));
        return order.stream().map(id -> step(id, intents.of(id))).toList();
    }

    List<NoReturn> pointsOfNoReturn() {
        return order.stream()
                .map(steps::get)
                .filter(step -> step.pointOfNoReturn() && journal.state().begun(step.id()))
                .map(step -> new NoReturn(step.id(), step.rollback()))
                .toList();
    }

    private BackStep step(String id, List<JournalRecord.ActIntended> intents) {
        MigrationPlan.Step step = Objects.requireNonNull(steps.get(id));
        List<String> undo = new ArrayList<>();
        intents.forEach(intent -> intent.undo().ifPresent(undo::add));
        Collections.reverse(undo);
        return new BackStep(id, phases.getOrDefault(id, ""), step.kind(), intents.size(), step.rollback(), undo);
    }

    private static List<String> latestFirst(JournalState state) {
        List<String> order = new ArrayList<>(state.touched());
        List<String> acted = state.byFirstIntent();
        List<Integer> places = new ArrayList<>();
        order.forEach(id -> {
            if (acted.contains(id)) {
                places.add(order.indexOf(id));
            }
        });
        for (int i = 0; i < places.size(); i++) {
            order.set(places.get(i), acted.get(i));
        }
        Collections.reverse(order);
        return order;
    }

    private List<String> modesBeforeRolls(List<String> latestFirst) {
        List<String> modes = of(latestFirst, SetVpcCniMode.class);
        List<String> rolls = of(latestFirst, RollNodes.class);
        if (modes.isEmpty() || rolls.isEmpty()) {
            return latestFirst;
        }
        List<String> order = new ArrayList<>(latestFirst);
        order.removeAll(modes);
        order.addAll(order.indexOf(rolls.get(0)), modes);
        return List.copyOf(order);
    }

    private List<String> of(List<String> ids, Class<? extends Record> params) {
        return ids.stream()
                .filter(id ->
                        params.isInstance(Objects.requireNonNull(steps.get(id)).params()))
                .toList();
    }

    private static Set<String> stays(MigrationPlan plan, Optional<String> toPhase) {
        Set<String> stays = new HashSet<>();
        if (toPhase.isEmpty()) {
            return stays;
        }
        PhaseIds.require(plan, List.of(toPhase.get()));
        for (MigrationPlan.Phase phase : plan.phases()) {
            phase.steps().forEach(step -> stays.add(step.id()));
            if (phase.id().equals(toPhase.get())) {
                return stays;
            }
        }
        return stays;
    }
}
