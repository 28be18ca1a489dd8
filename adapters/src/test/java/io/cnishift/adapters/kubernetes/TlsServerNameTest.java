package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Reading;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on this machine whose certificate is for api.shop.example, as behind a tunnel. */
final class TlsServerNameTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private final List<String> announced = new CopyOnWriteArrayList<>();
    private HttpsServer server;
    private String authority;

    @BeforeEach
    void start() throws Exception {
        KeyStore store = certificate("dns:api.shop.example,dns:*.eks.example");
        authority = pem(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            ((ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession())
                    .getRequestedServerNames().stream()
                            .map(SNIHostName.class::cast)
                            .forEach(name -> announced.add(name.getAsciiName()));
            byte[] body = "{\"kind\":\"NodeList\",\"items\":[{\"metadata\":{\"name\":\"node-1\"}}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theCertificateMustBeForTheNameAndTheNameIsAnnounced() {
        Reading reading = read(url("localhost"), Optional.empty(), Optional.of("api.shop.example"));
        assertThat(reading.resources()).hasSize(1);
        assertThat(announced).containsExactly("api.shop.example");
    }

    @Test
    void aTunnelIsCheckedAgainstTheHostThatItReplaces() {
        Reading reading = read("https://api.shop.example", Optional.of(url("127.0.0.1")), Optional.empty());
        assertThat(reading.resources()).hasSize(1);
    }

    @Test
    void aWildcardStandsForOneLabel() {
        assertThat(read(url("localhost"), Optional.empty(), Optional.of("a.eks.example"))
                        .resources())
                .hasSize(1);
        assertThat(read(url("localhost"), Optional.empty(), Optional.of("a.b.eks.example"))
                        .resources())
                .isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        Reading reading = read(url("localhost"), Optional.empty(), Optional.of("other.example"));
        assertThat(reading.resources()).isEmpty();
        assertThat(reading.unknown().get(0).reason()).contains("not trusted");
        assertThat(reading.unknown().get(0).remedy()).contains("--tls-server-name");
    }

    @Test
    void withoutANameTheHostOfTheUrlCounts() {
        assertThat(read(url("localhost"), Optional.empty(), Optional.empty()).resources())
                .isEmpty();
    }

    @Test
    void theRightNameIsNotEnoughWithoutTheAuthority() throws Exception {
        authority = pem(certificate("dns:api.shop.example"));
        assertThat(read(url("localhost"), Optional.empty(), Optional.of("api.shop.example"))
                        .resources())
                .isEmpty();
    }

    private Reading read(String server, Optional<String> endpoint, Optional<String> name) {
        ConnectionSettings settings = ConnectionSettings.builder()
                .withEndpoint(endpoint)
                .withTlsServerName(name)
                .build();
        try (KubernetesSide side = new KubernetesSide(
                settings,
                new Environment(Map.of()),
                () -> new ApiServer(server, authority),
                () -> () -> "token",
                new FakeTime(),
                new CallMetrics())) {
            return side.reader().read(Set.of(Part.NODES));
        }
    }

    private String url(String host) {
        return "https://" + host + ":" + server.getAddress().getPort();
    }

    private KeyStore certificate(String names) throws Exception {
        Path file = folder.resolve("keys-" + names.hashCode() + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + names,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD);
        }
        return store;
    }

    private static String pem(KeyStore store) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate("server").getEncoded());
        String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
