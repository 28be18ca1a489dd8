package io.cnishift.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.helm.ChartRenderer;
import io.cnishift.adapters.helm.HelmChoice;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.port.CallFigures;
import io.cnishift.api.port.TimeSource;
import io.cnishift.cli.command.Terminal;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.page.CallLines;
import io.cnishift.cli.run.Clusters;
import io.cnishift.cli.run.RealRuns;
import io.cnishift.cli.run.Shelf;
import io.cnishift.cli.run.Site;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.snapshot.SnapshotFiles;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.SimulatorModule;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where clusters are read, rehearsed and kept. */
final class ClustersModule extends AbstractModule {

    private final BooleanSupplier verbose;

    ClustersModule(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    @Override
    protected void configure() {
        install(new SimulatorModule());
    }

    @Provides
    Shelf shelf(Terminal terminal, Codec codec) {
        return new Shelf(Shelf.state(terminal.environment()), codec);
    }

    /** Made for one use, and closed by who asked for it. */
    @Provides
    RealWorlds realWorlds() {
        return new RealWorlds();
    }

    @Provides
    Site site(Provider<RealWorlds> worlds, Terminal terminal) {
        return new RealSite(worlds, HelmChoice.found(), figures -> tell(figures, terminal));
    }

    private void tell(List<CallFigures> figures, Terminal terminal) {
        if (verbose.getAsBoolean()) {
            CallLines.of(figures).forEach(line -> terminal.err().println("cnishift: " + line));
            terminal.err().flush();
        }
    }

    /**
     * Opens real clusters, each with clients of its own.
     *
     * @param told what the requests to a cluster came to, once it is closed
     */
    private record RealSite(Provider<RealWorlds> worlds, HelmChoice helm, Consumer<List<CallFigures>> told)
            implements Site {

        @Override
        public Opened open(ClusterTarget target, Optional<String> migration) {
            RealWorlds real = worlds.get().with(helm);
            return new Opened(real.open(target, migration), () -> {
                real.close();
                told.accept(real.metrics().figures());
            });
        }

        @Override
        public Optional<ChartRenderer> renderer() {
            return helm.kind() == HelmChoice.Kind.NONE
                    ? Optional.empty()
                    : Optional.of(worlds.get().with(helm).renderer());
        }

        @Override
        public Site using(HelmChoice other) {
            return new RealSite(worlds, other, told);
        }
    }

    @Provides
    RealRuns realRuns(Site site, Shelf shelf, Codec codec, TimeSource time) {
        return new RealRuns(site, shelf, codec, time);
    }

    @Provides
    ClusterReads reads(Codec codec, Shelf shelf, Terminal terminal, Site site) {
        return new Clusters(new SnapshotFiles(codec), new Scenarios(codec), shelf, terminal.folder(), site);
    }
}
