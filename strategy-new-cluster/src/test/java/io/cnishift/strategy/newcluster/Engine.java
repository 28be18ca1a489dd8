package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.run.Runner;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The engine with the step kinds of the strategy among its own. */
final class Engine {

    private final Map<String, StepKind<?>> kinds = new HashMap<>();
    private final Codec codec;
    private final Runner runner;

    Engine() {
        List<Probe> probes = BuiltInProbes.all();
        BuiltInSteps.all(probes).forEach(kind -> kinds.put(kind.id(), kind));
        new NewClusterStrategy().stepKinds().forEach(kind -> kinds.put(kind.id(), kind));
        Map<String, Class<? extends Record>> params = new HashMap<>();
        StepKinds.all().forEach(type -> params.put(StepKinds.id(type), type));
        kinds.forEach((id, kind) -> params.put(id, kind.params()));
        codec = Codec.builder()
                .openType(MigrationPlan.Step.class, "kind", "params", id -> Optional.ofNullable(params.get(id)))
                .build();
        Map<String, Probe> byCode = probes.stream().collect(Collectors.toMap(Probe::code, Function.identity()));
        runner = new Runner(this::kind, code -> Optional.ofNullable(byCode.get(code)));
    }

    Optional<StepKind<?>> kind(String id) {
        return Optional.ofNullable(kinds.get(id));
    }

    Codec codec() {
        return codec;
    }

    Runner runner() {
        return runner;
    }
}
