package io.cnishift.engine.plugin;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.OptionForm;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was found in the jars of one plug-in: strategies behind guards, and what is wrong. */
record PluginContents(List<LoadedStrategy> strategies, List<Finding> faults) {

    private static final Logger LOG = LoggerFactory.getLogger(PluginContents.class);

    PluginContents {
        strategies = List.copyOf(strategies);
        faults = List.copyOf(faults);
    }

    static PluginContents of(PluginJars jars) {
        Optional<Finding> unreadable = unreadable(jars);
        if (unreadable.isPresent()) {
            return new PluginContents(List.of(), List.of(unreadable.get()));
        }
        List<LoadedStrategy> strategies = new ArrayList<>();
        List<Finding> faults = new ArrayList<>();
        try {
            PluginLoader loader = new PluginLoader(jars);
            List<Class<? extends MigrationStrategy>> types = Guard.within(loader, () -> types(loader));
            for (Class<? extends MigrationStrategy> type : types) {
                read(jars, loader, type, strategies, faults);
            }
            if (types.isEmpty()) {
                faults.add(Faults.empty(jars, "it names no strategy of its own"));
            }
        } catch (Exception | Error thrown) {
            faults.add(Faults.broken(jars, "its strategies cannot be found: " + words(thrown)));
        }
        return new PluginContents(strategies, faults);
    }

    /** A class loader passes over what is no jar, and nobody would learn why the strategy is not there. */
    private static Optional<Finding> unreadable(PluginJars jars) {
        if (jars.jars().isEmpty()) {
            return Optional.of(Faults.empty(jars, "there is no jar in this folder"));
        }
        for (Path jar : jars.jars()) {
            try (JarFile whole = new JarFile(jar.toFile())) {
                LOG.debug("{} has {} entries", jar, whole.size());
            } catch (IOException e) {
                return Optional.of(Faults.broken(jars, jar.getFileName() + " is no jar: " + Faults.words(e)));
            }
        }
        return Optional.empty();
    }

    private static List<Class<? extends MigrationStrategy>> types(PluginLoader loader) {
        List<Class<? extends MigrationStrategy>> types = new ArrayList<>();
        ServiceLoader.load(MigrationStrategy.class, loader).stream()
                .map(ServiceLoader.Provider::type)
                .filter(loader::owns)
                .forEach(types::add);
        return types;
    }

    private static void read(
            PluginJars jars,
            PluginLoader loader,
            Class<? extends MigrationStrategy> type,
            List<LoadedStrategy> strategies,
            List<Finding> faults) {
        try {
            MigrationStrategy strategy =
                    Guard.within(loader, () -> type.getConstructor().newInstance());
            StrategyDescriptor descriptor = Guard.within(loader, strategy::descriptor);
            if (descriptor.apiVersion() != StrategyDescriptor.API_VERSION) {
                faults.add(Faults.otherApi(
                        jars,
                        "strategy '" + descriptor.id() + "' is written for api " + descriptor.apiVersion() + ", not "
                                + StrategyDescriptor.API_VERSION));
                return;
            }
            strategies.add(new LoadedStrategy(
                    guarded(jars, loader, strategy, descriptor), jars.place().toString()));
        } catch (Exception | Error thrown) {
            faults.add(Faults.broken(jars, type.getName() + " cannot be used: " + words(thrown)));
        }
    }

    /** Asks for all that does not change, so that what is wrong with it shows now and not in the middle of a run. */
    private static MigrationStrategy guarded(
            PluginJars jars, PluginLoader loader, MigrationStrategy strategy, StrategyDescriptor descriptor)
            throws Exception {
        OptionForm form = new OptionForm(Codec.builder().build());
        Guard.within(loader, () -> {
            form.describe(descriptor.options());
            return form.decode(descriptor.options(), Map.of(), descriptor.id());
        });
        List<StepKind<?>> kinds = new ArrayList<>();
        Guard.within(loader, strategy::stepKinds).forEach(kind -> kinds.add(Guard.kind(kind, jars, loader)));
        List<Probe> probes = new ArrayList<>();
        for (Probe probe : Guard.within(loader, strategy::probes)) {
            String code = Guard.within(loader, probe::code);
            String title = Guard.within(loader, probe::title);
            probes.add(Guard.around(Probe.class, probe, jars, loader, Map.of("code", code, "title", title)));
        }
        return Guard.around(
                MigrationStrategy.class,
                strategy,
                jars,
                loader,
                Map.of("descriptor", descriptor, "stepKinds", List.copyOf(kinds), "probes", List.copyOf(probes)));
    }

    private static String words(Throwable thrown) {
        if (!Faults.ofPlugin(thrown) && thrown instanceof Error error) {
            throw error;
        }
        Throwable cause = thrown.getCause();
        boolean wrapped = thrown instanceof InvocationTargetException;
        return Faults.words(wrapped && cause != null ? cause : thrown);
    }
}
