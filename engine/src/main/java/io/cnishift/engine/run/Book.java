package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.draft.RestingHandler;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.api.plan.SecondCluster;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.ledger.Ledger;
import io.cnishift.engine.verify.ProbeReads;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A plan with the behaviour of its steps: where each step stands in it, and its machine. */
final class Book {

    private final MigrationPlan plan;
    private final StepBook kinds;
    private final Map<String, MigrationPlan.Step> steps = new LinkedHashMap<>();
    private final Map<String, Integer> phases = new LinkedHashMap<>();
    private final Map<String, String> phaseOf = new LinkedHashMap<>();

    /** Checks that every step can be run. */
    Book(MigrationPlan plan, StepBook kinds, ProbeBook probes) {
        this.plan = plan;
        this.kinds = kinds;
        for (MigrationPlan.Phase phase : plan.phases()) {
            if (phases.put(phase.id(), phases.size()) != null) {
                throw unusable("phase " + phase.id() + " comes twice");
            }
            for (MigrationPlan.Step step : phase.steps()) {
                check(step, probes);
                if (steps.put(step.id(), step) != null) {
                    throw unusable("step " + step.id() + " comes twice");
                }
                phaseOf.put(step.id(), phase.id());
            }
        }
    }

    MigrationPlan plan() {
        return plan;
    }

    MigrationPlan.Step step(String id) {
        return Optional.ofNullable(steps.get(id))
                .orElseThrow(() -> unusable("the journal knows a step " + id + " that the plan has not"));
    }

    /** All steps, in order. */
    List<MigrationPlan.Step> steps() {
        return List.copyOf(steps.values());
    }

    String phaseOf(String step) {
        return phaseOf.getOrDefault(step, "");
    }

    /** Whether anything is done to let go of the first of two clusters: its Services are served by the second one then. */
    boolean firstIsLetGo(JournalState state) {
        return steps.keySet().stream()
                .anyMatch(step -> phaseOf(step).equals(SecondCluster.RETIRE) && state.begun(step));
    }

    /** The place of a phase; beyond the last one for a phase that the plan has not. */
    int place(String phase) {
        return phases.getOrDefault(phase, phases.size());
    }

    StepMachine<?> machine(RunContext run, MigrationPlan.Step step, Way way, Consumer<String> acting) {
        return machine(run, step, kind(step), way, acting);
    }

    private static <P extends Record> StepMachine<P> machine(
            RunContext run, MigrationPlan.Step step, StepKind<P> kind, Way way, Consumer<String> acting) {
        return new StepMachine<>(run, step, kind, way, acting);
    }

    /** What that step's kind tells of a run that rests. */
    List<Meanwhile> meanwhile(MigrationPlan.Step step) {
        return meanwhile(step, kind(step));
    }

    private static <P extends Record> List<Meanwhile> meanwhile(MigrationPlan.Step step, StepKind<P> kind) {
        return kind.handler() instanceof RestingHandler<P> resting
                ? resting.meanwhile(kind.params().cast(step.params()))
                : List.of();
    }

    /** Every part that a run of the plan looks at. */
    Set<Part> reads() {
        boolean probes = steps.values().stream()
                .anyMatch(s -> s.gate().isPresent() || s.kind().equals(StepKinds.id(RunProbes.class)));
        Set<Part> parts = probes ? ProbeReads.any() : EnumSet.copyOf(Ledger.PARTS);
        parts.add(Part.CLUSTER);
        parts.add(Part.VPC);
        steps.values().forEach(s -> parts.addAll(kind(s).handler().reads()));
        return parts;
    }

    private StepKind<?> kind(MigrationPlan.Step step) {
        return kinds.kind(step.kind())
                .orElseThrow(() -> unusable(
                        "step " + step.id() + " is of kind '" + step.kind() + "', which no strategy here brings"));
    }

    private void check(MigrationPlan.Step step, ProbeBook probes) {
        if (!kind(step).params().isInstance(step.params())) {
            throw unusable("step " + step.id() + " has the parameters of another kind than " + step.kind());
        }
        step.gate()
                .ifPresent(gate -> gate.probes().stream()
                        .filter(code -> probes.probe(code).isEmpty())
                        .findFirst()
                        .ifPresent(code -> {
                            throw unusable("the gate of step " + step.id() + " asks for probe '" + code
                                    + "', which nobody here brings");
                        }));
    }

    private static MigrationException unusable(String why) {
        return MigrationException.user(
                "RUN-PLAN",
                "the plan cannot be run: " + why,
                "use the version of cnishift and the plug-ins it was made with");
    }
}
