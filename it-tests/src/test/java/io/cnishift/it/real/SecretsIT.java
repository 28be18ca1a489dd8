package io.cnishift.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials, and what is secret in the cluster, are in nothing that is written, also when the other side sends back in its errors
 * what it was sent.
 */
final class SecretsIT {

    private static final String TOKEN = "planted-bearer-token-4711";
    private static final String KEY = "planted-secret-key-4712";
    private static final String SESSION = "planted-session-token-4713";
    private static final String DATA = "planted-secret-data-4714";
    private static final String VARIABLE = "planted-variable-4715";
    private static final List<String> PLANTED = List.of(
            TOKEN,
            KEY,
            SESSION,
            DATA,
            Base64.getEncoder().encodeToString(DATA.getBytes(StandardCharsets.UTF_8)),
            VARIABLE);

    @TempDir
    private Path folder;

    private FakeApiServer kubernetes;
    private HttpServer aws;

    @BeforeEach
    void serve() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", SecretsIT::sendBack);
        aws.start();
        kubernetes = new FakeApiServer()
                .with("/apis", Map.of("kind", "APIGroupList", "groups", List.of()))
                .with("/api/v1/namespaces/kube-system", Map.of("metadata", Map.of("name", "kube-system", "uid", "u")))
                .list("/api/v1/namespaces", "Namespace", List.of(Map.of("metadata", Map.of("name", "shop"))))
                .list("/api/v1/secrets", "Secret", List.of(secret("Opaque"), secret("helm.sh/release.v1")))
                .list("/apis/apps/v1/deployments", "Deployment", List.of(deployment()))
                .sendsBack("/apis/apps/v1/daemonsets");
        Path kubeconfig = kubernetes.kubeconfig(folder);
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replace("not-a-secret", TOKEN));
    }

    @AfterEach
    void close() {
        aws.stop(0);
        kubernetes.close();
    }

    @Test
    void readingWritesNoneOfThem() throws Exception {
        assertThat(run(
                        "inspect",
                        "--cluster",
                        "eks:shop",
                        "--region",
                        "eu-central-1",
                        "--kubeconfig",
                        "kubeconfig",
                        "--out",
                        "snapshot.yaml"))
                .as(written().toString())
                .isZero();
        assertThat(Files.readString(folder.resolve("snapshot.yaml"))).contains("name: api", "PASSWORD");
        assertNothingPlanted();
    }

    @Test
    void anErrorThatIsSentBackIsShownWithoutThem() throws Exception {
        assertThat(run("inspect", "--cluster", "eks:shop", "--region", "eu-central-1"))
                .isNotZero();
        assertThat(Files.readString(folder.resolve("err"))).contains("cnishift: ");
        assertNothingPlanted();
    }

    @Test
    void aRunWritesNoneOfThemAndOnlyForItsOwner() throws Exception {
        assertThat(run("plan", "--cluster", "sim:clean-cluster", "--strategy", "overlay", "--out", "plan.yaml"))
                .as(written().toString())
                .isZero();
        assertThat(run("apply", "plan.yaml", "--until", "fence", "--yes")).isEqualTo(5);
        assertNothingPlanted();
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            assertThat(files.filter(f -> f.endsWith("plan.yaml") || f.endsWith("journal.jsonl")))
                    .hasSize(2)
                    .allSatisfy(SecretsIT::assertForOwner)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                                    file.resolve("..").normalize())))
                            .isEqualTo("rwx------"));
        }
        assertForOwner(folder.resolve("plan.yaml"));
    }

    @Test
    void aPlanThatReplacesAFileForAllIsForItsOwnerOnly() throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), "old");
        Files.setPosixFilePermissions(
                plan,
                Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.OTHERS_READ));
        assertThat(run("plan", "--cluster", "sim:clean-cluster", "--strategy", "overlay", "--out", "plan.yaml"))
                .isZero();
        assertForOwner(plan);
    }

    private static void assertForOwner(Path file) throws IOException {
        assertThat(Files.getPosixFilePermissions(file))
                .as(file.toString())
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    private void assertNothingPlanted() throws IOException {
        written().forEach((file, text) -> assertThat(text).as(file).doesNotContain(PLANTED));
    }

    /** All that the program wrote, by file. */
    private Map<String, String> written() throws IOException {
        Map<String, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.endsWith("kubeconfig"))
                    .toList()) {
                written.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return written;
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.cnishift.cli.Main"));
        command.addAll(List.of(arguments));
        command.add("--verbose");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        environment.put(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + aws.getAddress().getPort());
        environment.put("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
        environment.put("AWS_SECRET_ACCESS_KEY", KEY);
        environment.put("AWS_SESSION_TOKEN", SESSION);
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** Denies, and sends back what it was sent. */
    private static void sendBack(HttpExchange exchange) throws IOException {
        String heard = exchange.getRequestHeaders().entrySet().toString().replaceAll("[\"\\\\]", "");
        byte[] body = ("{\"__type\":\"AccessDeniedException\",\"message\":\"denied: " + heard + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().add("x-amzn-ErrorType", "AccessDeniedException");
        exchange.sendResponseHeaders(403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, Object> secret(String type) {
        return Map.of(
                "metadata",
                Map.of("name", type.toLowerCase(Locale.ROOT), "namespace", "shop"),
                "type",
                type,
                "data",
                Map.of("release", Base64.getEncoder().encodeToString(DATA.getBytes(StandardCharsets.UTF_8))));
    }

    private static Map<String, Object> deployment() {
        Map<String, Object> container =
                Map.of("name", "api", "image", "api:1", "env", List.of(Map.of("name", "PASSWORD", "value", VARIABLE)));
        return Map.of(
                "metadata",
                Map.of(
                        "name",
                        "api",
                        "namespace",
                        "shop",
                        "annotations",
                        Map.of("kubectl.kubernetes.io/last-applied-configuration", "{\"env\":\"" + VARIABLE + "\"}")),
                "spec",
                Map.of("replicas", 0, "template", Map.of("spec", Map.of("containers", List.of(container)))));
    }
}
