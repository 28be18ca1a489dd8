package io.cnishift.it.mistake;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.StepKinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Plans changed by hand: each method spoils one thing and insists that it was there to be spoiled. */
final class Edited {

    private Edited() {}

    /** The plan without these steps. */
    static MigrationPlan without(MigrationPlan plan, String... ids) {
        List.of(ids).forEach(id -> step(plan, id));
        return steps(plan, step -> List.of(ids).contains(step.id()) ? Stream.empty() : Stream.of(step));
    }

    /** The plan with other parameters of a step. */
    static <P extends Record> MigrationPlan with(
            MigrationPlan plan, String id, Class<P> type, UnaryOperator<P> change) {
        return instead(plan, id, change.apply(type.cast(step(plan, id).params())));
    }

    /** The plan with another value in the chart values of a step. */
    static MigrationPlan value(MigrationPlan plan, String id, Object value, String... path) {
        return with(
                plan,
                id,
                InstallRelease.class,
                i -> new InstallRelease(
                        i.namespace(),
                        i.release(),
                        i.chart(),
                        i.chartVersion(),
                        set(i.values(), value, List.of(path)),
                        i.restart(),
                        i.ready()));
    }

    /** The plan with a step of another kind in the place of one. */
    static MigrationPlan instead(MigrationPlan plan, String id, Record params) {
        Step old = step(plan, id);
        Step changed = new Step(
                old.id(),
                StepKinds.id(params.getClass()),
                params,
                old.why(),
                old.touches(),
                old.facts(),
                old.gate(),
                old.rollback(),
                old.pointOfNoReturn(),
                old.executor());
        return steps(plan, step -> Stream.of(step.id().equals(id) ? changed : step));
    }

    /** The plan with a step earlier: right before another one. */
    static MigrationPlan early(MigrationPlan plan, String id, String before) {
        Step moved = step(plan, id);
        step(plan, before);
        return steps(without(plan, id), step -> step.id().equals(before) ? Stream.of(moved, step) : Stream.of(step));
    }

    /** A step of the plan. */
    static Step step(MigrationPlan plan, String id) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the plan has no step " + id));
    }

    private static MigrationPlan steps(MigrationPlan plan, Function<Step, Stream<Step>> change) {
        List<Phase> phases = new ArrayList<>();
        for (Phase phase : plan.phases()) {
            List<Step> steps = phase.steps().stream().flatMap(change).toList();
            if (!steps.isEmpty()) {
                phases.add(new Phase(phase.id(), steps));
            }
        }
        return new MigrationPlan(
                plan.format(),
                plan.strategy(),
                plan.cluster(),
                plan.options(),
                plan.accepted(),
                plan.holds(),
                plan.mayRemain(),
                phases,
                plan.second());
    }

    private static Map<String, Object> set(Map<String, Object> tree, Object value, List<String> path) {
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        String key = path.get(0);
        changed.put(key, path.size() == 1 ? value : set(Tree.map(tree, key), value, path.subList(1, path.size())));
        return changed;
    }
}
