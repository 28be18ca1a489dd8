package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.EksClientBuilder;

/** Who asks, as AWS sees it, with configuration files of this test. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class AwsIdentityTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/migrator";
    private static final String MIGRATION = "shop/overlay 20260301";

    @TempDir
    Path folder;

    private final List<String> userAgents = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Path credentials;
    private Path config;

    @BeforeEach
    void anEndpointAndFiles() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            userAgents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
            keys.add(
                    exchange.getRequestHeaders().getFirst("Authorization").replaceAll(".*Credential=([^/]+)/.*", "$1"));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(URLDecoder.decode(body, StandardCharsets.UTF_8));
            byte[] answer = (body.contains("Action=AssumeRole") ? assumed() : "{\"clusters\":[]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        credentials = folder.resolve("credentials");
        config = folder.resolve("config");
        write(credentials, "[ops]\naws_access_key_id = FIRST\naws_secret_access_key = s\n", 1);
        write(
                config,
                "[profile ops]\nregion = eu-central-1\n[profile sso]\nsso_session = corp\n[sso-session corp]\n"
                        + "sso_region = eu-central-1\nsso_start_url = https://corp.example/start\n",
                1);
        settings().forEach(System::setProperty);
    }

    private Map<String, String> settings() {
        return Map.of(
                "aws.endpointUrl", "http://127.0.0.1:" + server.getAddress().getPort(),
                "aws.sharedCredentialsFile", credentials.toString(),
                "aws.configFile", config.toString());
    }

    @AfterEach
    void close() {
        settings().keySet().forEach(System::clearProperty);
        server.stop(0);
    }

    @Test
    void everyRequestCarriesTheMigration() {
        ask(identity("ops", Optional.empty(), Optional.of(MIGRATION)), 1);
        assertThat(userAgents).allMatch(agent -> agent.endsWith("cnishift migration/shop-overlay-20260301"));
    }

    @Test
    void withoutAMigrationItIsOnlyCnishift() {
        ask(identity("ops", Optional.empty(), Optional.empty()), 1);
        assertThat(userAgents).allMatch(agent -> agent.endsWith(" cnishift"));
    }

    @Test
    void theSessionOfAnAssumedRoleIsNamedAfterTheMigration() {
        ask(identity("ops", Optional.of(ROLE), Optional.of(MIGRATION)), 1);
        assertThat(bodies.get(0)).contains("RoleSessionName=cnishift-shop-overlay-20260301");
        assertThat(keys).containsExactly("FIRST", "ASSUMED");
    }

    @Test
    void aSessionNameIsNoLongerThanAwsTakes() {
        ask(identity("ops", Optional.of(ROLE), Optional.of("m".repeat(99))), 1);
        assertThat(bodies.get(0)).endsWith("RoleSessionName=cnishift-" + "m".repeat(55));
    }

    @Test
    void credentialsThatWereRotatedAreReadAgain() throws IOException {
        AwsIdentity identity = identity("ops", Optional.empty(), Optional.empty());
        EksClient eks = client(identity);
        eks.listClusters();
        write(credentials, "[ops]\naws_access_key_id = SECOND\naws_secret_access_key = s\n", 2);
        eks.listClusters();
        identity.close();
        assertThat(keys).containsExactly("FIRST", "SECOND");
    }

    /** Without a profile they come from the one that is called default. */
    @Test
    void rotatedCredentialsOfTheDefaultProfileAreReadAgain() throws IOException {
        assumeThat(System.getenv("AWS_ACCESS_KEY_ID"))
                .as("credentials in the environment win")
                .isNull();
        write(credentials, "[default]\naws_access_key_id = FIRST\naws_secret_access_key = s\n", 1);
        ConnectionSettings settings = ConnectionSettings.builder()
                .withRegion(Optional.of("eu-central-1"))
                .build();
        AwsIdentity identity = new AwsIdentity(settings, new Environment(Map.of()), Optional.empty());
        EksClient eks = client(identity);
        eks.listClusters();
        write(credentials, "[default]\naws_access_key_id = SECOND\naws_secret_access_key = s\n", 2);
        eks.listClusters();
        identity.close();
        assertThat(keys).containsExactly("FIRST", "SECOND");
    }

    @Test
    void saysHowTheProfileIsLoggedIn() {
        assertThat(identity("sso", Optional.empty(), Optional.empty()).login())
                .startsWith("log in: aws sso login --profile sso");
        assertThat(identity("ops", Optional.empty(), Optional.empty()).login())
                .startsWith("renew the credentials of profile ops");
        AwsIdentity byEnvironment = new AwsIdentity(
                ConnectionSettings.none(), new Environment(Map.of("AWS_PROFILE", "sso")), Optional.empty());
        assertThat(byEnvironment.login()).startsWith("log in: aws sso login --profile sso");
        AwsIdentity unknown = new AwsIdentity(ConnectionSettings.none(), new Environment(Map.of()), Optional.empty());
        assertThat(unknown.login()).startsWith("log in (aws sso login)");
    }

    private static AwsIdentity identity(String profile, Optional<String> role, Optional<String> migration) {
        ConnectionSettings settings = ConnectionSettings.builder()
                .withRegion(Optional.of("eu-central-1"))
                .withProfile(Optional.of(profile))
                .withRoleArn(role)
                .build();
        return new AwsIdentity(settings, new Environment(Map.of()), migration);
    }

    private static EksClient client(AwsIdentity identity) {
        return identity.<EksClient, EksClientBuilder>client(EksClient.builder(), Optional.of(Duration.ofSeconds(10)));
    }

    private static void ask(AwsIdentity identity, int times) {
        try (identity) {
            EksClient eks = client(identity);
            for (int i = 0; i < times; i++) {
                eks.listClusters();
            }
        }
    }

    /** A file that was changed so many minutes after the beginning, for its age is what tells that it was. */
    private static void write(Path file, String text, int minute) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-03-01T12:00:00Z").plus(Duration.ofMinutes(minute))));
    }

    private static String assumed() {
        return "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>s"
                + "</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
                + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
    }
}
