package io.cnishift.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import io.cnishift.adapters.reading.WallClock;
import io.cnishift.api.port.TimeSource;
import io.cnishift.cli.command.CommandsModule;
import io.cnishift.cli.command.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The module sets of the program. Nothing is read or connected while wiring. */
final class Wiring {

    private Wiring() {}

    /** All modules for one call of the program without plug-ins. */
    static List<Module> modules(Terminal terminal) {
        return modules(terminal, List::of, () -> false);
    }

    /**
     * All modules for one call of the program.
     *
     * @param pluginFolders asked when strategies are, for the command line is read by then
     * @param verbose whether requests to real clusters are told; asked when they have been made
     */
    static List<Module> modules(Terminal terminal, Supplier<List<Path>> pluginFolders, BooleanSupplier verbose) {
        return List.of(
                new Surroundings(terminal),
                new EngineModule(pluginFolders),
                new ClustersModule(verbose),
                new CommandsModule());
    }

    private static final class Surroundings extends AbstractModule {

        private final Terminal terminal;

        Surroundings(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        protected void configure() {
            binder().requireExplicitBindings();
            binder().requireAtInjectOnConstructors();
            bind(Terminal.class).toInstance(terminal);
            bind(TimeSource.class).toInstance(new WallClock());
        }
    }
}
