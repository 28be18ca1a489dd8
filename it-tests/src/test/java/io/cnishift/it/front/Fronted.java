package io.cnishift.it.front;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.codec.Codec;
import io.cnishift.simulator.front.Front;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A scenario behind its front, with a clock that only a test moves, and a kubeconfig that leads there. */
final class Fronted implements AutoCloseable {
    private static final String TOKEN = "of-the-test";

    private final Simulation simulation;
    private final Front front;
    private final Path kubeconfig;

    Fronted(String scenario, Path folder) {
        ClusterSnapshot snapshot = new Scenarios(Codec.builder().build()).snapshot(scenario);
        simulation = Simulation.open(snapshot, new WorldFactory.Settings(1, Map.of()));
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            front = Front.open(
                    simulation, new Front.Settings(anywhere, TOKEN, new Standing(snapshot.takenAt()), 0));
            kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    clusters: [{name: test, cluster: {server: "%s"}}]
                    users: [{name: test, user: {token: %s}}]
                    """.formatted(front.url(), TOKEN));
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

    Path kubeconfig() {
        return kubeconfig;
    }

    /** Lets that much time pass in the cluster. */
    void advance(String time) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(front.url() + "/cnishift/clock?advance=" + time))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        front.close();
    }
}
