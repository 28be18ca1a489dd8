package io.cnishift.engine.plugin;

import io.cnishift.api.Finding;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.verify.BuiltInProbes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The strategies of plug-in folders, beside the built-in ones. Nothing that is wrong with a plug-in is an error of the program: it
 * costs the plug-in its place, and a row that says why stands there.
 */
public final class Plugins {

    private final List<LoadedStrategy> all = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<String, String> probes = new HashMap<>();

    private Plugins() {}

    /** The built-in strategies, then those of each folder in turn; of two with one id the first one counts. */
    public static StrategyBook beside(StrategyBook builtIn, List<Path> folders) {
        Plugins plugins = new Plugins();
        StepKinds.all().forEach(type -> plugins.kinds.put(StepKinds.id(type), "cnishift"));
        BuiltInProbes.all().forEach(probe -> plugins.probes.put(probe.code(), "cnishift"));
        builtIn.all().forEach(plugins::accept);
        folders.stream().flatMap(folder -> PluginJars.in(folder).stream()).forEach(plugins::load);
        return StrategyBook.of(plugins.all);
    }

    private void load(PluginJars jars) {
        PluginContents contents = PluginContents.of(jars);
        contents.strategies()
                .forEach(loaded ->
                        clash(jars, loaded).ifPresentOrElse(finding -> refuse(jars, finding), () -> accept(loaded)));
        contents.faults().forEach(finding -> refuse(jars, finding));
    }

    private void accept(LoadedStrategy loaded) {
        all.add(loaded);
        ids.add(loaded.id());
        loaded.strategy().stepKinds().forEach(kind -> kinds.put(kind.id(), loaded.id()));
        loaded.strategy().probes().forEach(probe -> probes.put(probe.code(), loaded.id()));
    }

    private void refuse(PluginJars jars, Finding why) {
        Unusable unusable = Unusable.of(jars.name(), why, ids);
        all.add(new LoadedStrategy(unusable, jars.place().toString(), Optional.of(why)));
        ids.add(unusable.id());
    }

    /** Which of two a plan means would be chance. */
    private Optional<Finding> clash(PluginJars jars, LoadedStrategy loaded) {
        if (ids.contains(loaded.id())) {
            String other = all.stream()
                    .filter(l -> l.id().equals(loaded.id()))
                    .map(l -> l.builtIn() ? "a built-in strategy" : l.source())
                    .findFirst()
                    .orElse("");
            return Optional.of(Faults.duplicate(jars, "strategy id '" + loaded.id() + "'", other));
        }
        Optional<Finding> kind = loaded.strategy().stepKinds().stream()
                .map(StepKind::id)
                .filter(kinds::containsKey)
                .findFirst()
                .map(id -> Faults.duplicate(jars, "step kind '" + id + "'", kinds.getOrDefault(id, "")));
        return kind.or(() -> loaded.strategy().probes().stream()
                .map(Probe::code)
                .filter(probes::containsKey)
                .findFirst()
                .map(code -> Faults.duplicate(jars, "probe '" + code + "'", probes.getOrDefault(code, ""))));
    }
}
