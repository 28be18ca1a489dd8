package io.cnishift.adapters.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.cnishift.adapters.reach.Front.Door;
import io.cnishift.adapters.reach.Heard.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load balancer on this machine with a certificate that nobody knows, for a name that nobody asks for. */
final class SocketCallerTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private final List<String> announced = new CopyOnWriteArrayList<>();
    private HttpsServer encrypted;

    @BeforeEach
    void start() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate(), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        encrypted = HttpsServer.create(loopback(), 0);
        encrypted.setHttpsConfigurator(new HttpsConfigurator(context));
        encrypted.createContext("/", exchange -> {
            ((ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession())
                    .getRequestedServerNames().stream()
                            .map(SNIHostName.class::cast)
                            .forEach(name -> announced.add(name.getAsciiName()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        encrypted.start();
    }

    @AfterEach
    void stop() {
        encrypted.stop(0);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Heard call(String host, Door door) {
        return new SocketCaller().call(new Front("127.0.0.1", host, "/", List.of(door), false, true), door);
    }

    @Test
    void anyCertificateWillDoAndTheHostIsAnnounced() {
        Heard heard = call("shop.example", new Door(encrypted.getAddress().getPort(), true));
        assertThat(heard).isEqualTo(new Heard(Kind.HTTP, false, 204, "HTTP 204"));
        assertThat(announced).containsExactly("shop.example");
    }

    @Test
    void anAddressIsNotAnnounced() {
        assertThat(call("127.0.0.1", new Door(encrypted.getAddress().getPort(), true))
                        .kind())
                .isEqualTo(Kind.HTTP);
        assertThat(announced).isEmpty();
    }

    @Test
    void aDoorThatIsNotEncryptedIsToldFromOneThatIs() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answerInPlain(plain));
            assertThat(call("shop.example", new Door(plain.getLocalPort(), true))
                            .kind())
                    .isEqualTo(Kind.NO_TLS);
            answering.join();
        }
    }

    private static void answerInPlain(ServerSocket plain) {
        try (Socket client = plain.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyStore certificate() throws Exception {
        Path file = folder.resolve("keys.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=another.example",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD);
        }
        return store;
    }
}
