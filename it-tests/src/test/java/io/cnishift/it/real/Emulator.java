package io.cnishift.it.real;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * An emulator of AWS: the one at {@code CNISHIFT_IT_AWS_ENDPOINT}, else {@code moto_server} where it is on PATH, else moto's
 * image (or {@code CNISHIFT_IT_AWS_IMAGE}) where a container engine answers. One that was given is emptied first, as moto can be.
 */
final class Emulator implements AutoCloseable {

    static final String ENDPOINT = "CNISHIFT_IT_AWS_ENDPOINT";
    private static final String IMAGE = "CNISHIFT_IT_AWS_IMAGE";
    private static final String MOTO = "motoserver/moto:5.1.12";
    private static final int PORT = 5000;

    private final URI url;
    private final AutoCloseable end;

    private Emulator(URI url, AutoCloseable end) {
        this.url = url;
        this.end = end;
    }

    /** Why there is none; empty when one can be started. */
    static Optional<String> absent() {
        boolean there = RealControlPlane.variable(ENDPOINT).isPresent()
                || MotoServer.installed()
                || DockerClientFactory.instance().isDockerAvailable();
        return there
                ? Optional.empty()
                : Optional.of(ENDPOINT + " is not set, moto_server is not on PATH (pip install 'moto[server]'), and no"
                        + " container engine answers");
    }

    static Emulator start() throws IOException, InterruptedException {
        Optional<URI> given = RealControlPlane.variable(ENDPOINT).map(URI::create);
        if (given.isPresent()) {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(given.get().resolve("/moto-api/reset"))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            return new Emulator(given.get(), () -> {});
        }
        if (MotoServer.installed()) {
            MotoServer server = MotoServer.start();
            return new Emulator(server.url(), server);
        }
        return contained();
    }

    private static Emulator contained() {
        String image = RealControlPlane.variable(IMAGE).orElse(MOTO);
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(PORT);
        try {
            container.start();
        } catch (ContainerFetchException e) {
            container.close();
            throw new TestAbortedException("the image " + image + " is not here and cannot be fetched", e);
        }
        return new Emulator(
                URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT)), container);
    }

    URI url() {
        return url;
    }

    @Override
    public void close() throws Exception {
        end.close();
    }
}
