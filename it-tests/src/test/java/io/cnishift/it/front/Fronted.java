package io.cnishift.it.front;

import com.sun.net.httpserver.Filter;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.codec.Codec;
import io.cnishift.it.Kubeconfig;
import io.cnishift.simulator.front.Front;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A scenario behind its front, with a clock that only a test moves, and a kubeconfig that leads there. */
final class Fronted implements AutoCloseable {
    static final String TOKEN = "of-the-test";

    private final Simulation simulation;
    private final Front front;
    private final Path kubeconfig;

    Fronted(String scenario, Path folder) {
        this(new Scenarios(Codec.builder().build()).snapshot(scenario), folder, List.of());
    }

    /** Every request goes through these filters first. */
    Fronted(ClusterSnapshot snapshot, Path folder, List<Filter> filters) {
        simulation = Simulation.open(snapshot, new WorldFactory.Settings(1, Map.of()));
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            front = Front.open(
                    simulation, new Front.Settings(anywhere, TOKEN, new Standing(snapshot.takenAt()), 0, filters));
            kubeconfig = Kubeconfig.in(folder, "server: \"" + front.url() + "\"", TOKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A wall whose clock has stopped. */
    private record Standing(Instant now) implements TimeSource {
        @Override
        public void await(Instant until) {
            throw new UnsupportedOperationException();
        }
    }

    Simulation simulation() {
        return simulation;
    }

    URI url() {
        return front.url();
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** Speaks with its control endpoint. */
    ControlClient control() {
        return new ControlClient(front.url(), TOKEN);
    }

    /** Lets that much time pass in the cluster. */
    void advance(String time) {
        control().advance(time);
    }

    @Override
    public void close() {
        front.close();
    }
}
