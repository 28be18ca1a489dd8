package io.cnishift.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.api.step.StepKinds;
import io.cnishift.cli.command.Terminal;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.run.Rehearsals;
import io.cnishift.cli.run.Seconds;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StepFacts;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.plugin.Plugins;
import io.cnishift.engine.run.ProbeBook;
import io.cnishift.engine.run.Runner;
import io.cnishift.engine.run.StepBook;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.engine.verify.Verifier;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The parts of the engine that need no world. */
final class EngineModule extends AbstractModule {

    private final Supplier<List<Path>> pluginFolders;

    EngineModule() {
        this(List::of);
    }

    EngineModule(Supplier<List<Path>> pluginFolders) {
        this.pluginFolders = pluginFolders;
    }

    @Provides
    @Singleton
    StrategyBook strategies() {
        StrategyBook builtIn = StrategyBook.load(EngineModule.class.getClassLoader());
        return Plugins.beside(builtIn, pluginFolders.get());
    }

    @Provides
    @Singleton
    Codec codec(StrategyBook strategies) {
        Map<String, Class<? extends Record>> params = new HashMap<>();
        StepKinds.all().forEach(type -> params.put(StepKinds.id(type), type));
        strategies.all().stream()
                .flatMap(loaded -> loaded.strategy().stepKinds().stream())
                .forEach((StepKind<?> kind) -> params.put(kind.id(), kind.params()));
        return Codec.builder()
                .openType(MigrationPlan.Step.class, "kind", "params", id -> Optional.ofNullable(params.get(id)))
                .textPattern(Cidr.class, "^[0-9A-Fa-f.:]+/[0-9]{1,3}$")
                .build();
    }

    @Provides
    StepBook steps(StrategyBook strategies) {
        Map<String, StepKind<?>> kinds = new HashMap<>();
        BuiltInSteps.all(all(strategies)).forEach(kind -> kinds.put(kind.id(), kind));
        strategies.all().stream()
                .flatMap(loaded -> loaded.strategy().stepKinds().stream())
                .forEach(kind -> kinds.put(kind.id(), kind));
        return id -> Optional.ofNullable(kinds.get(id));
    }

    @Provides
    ProbeBook probes(StrategyBook strategies) {
        Map<String, Probe> byCode = new HashMap<>();
        all(strategies).forEach(probe -> byCode.put(probe.code(), probe));
        return code -> Optional.ofNullable(byCode.get(code));
    }

    private static List<Probe> all(StrategyBook strategies) {
        Stream<Probe> own = strategies.all().stream().flatMap(loaded -> loaded.strategy().probes().stream());
        return Stream.concat(BuiltInProbes.all().stream(), own).toList();
    }

    @Provides
    Verifier verifier(StrategyBook strategies) {
        return new Verifier(all(strategies));
    }

    @Provides
    Planner planner(OptionForm options, StepBook steps) {
        return new Planner(options, new StepFacts(steps::kind));
    }

    @Provides
    Runner runner(StepBook steps, ProbeBook probes) {
        return new Runner(steps, probes);
    }

    @Provides
    Rehearsals rehearsals(
            Runner runner, WorldFactory worlds, PlanFiles plans, Provider<ClusterReads> reads, Terminal terminal) {
        return new Rehearsals(runner, worlds, plans, new Seconds(reads::get, terminal.folder()));
    }

    @Provides
    OptionForm options(Codec codec) {
        return new OptionForm(codec);
    }

    @Provides
    PlanFiles plans(Codec codec) {
        return new PlanFiles(codec);
    }
}
