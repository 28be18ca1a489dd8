package io.cnishift.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.kubernetes.FakeApiServer;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.reading.Lazy;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RealHelmPortTest {

    private static final String LONG_AGO = "2020-01-01T00:00:00Z";
    private static final Map<String, Object> VALUES = Map.of("a", 1);
    private static final UpgradeRelease ACT =
            new UpgradeRelease("kube-system", "cilium", "https://charts.example/stable/cilium", "1.20.0", VALUES);
    private static final UninstallRelease REMOVAL = new UninstallRelease("kube-system", "cilium");

    private final FakeApiServer server = new FakeApiServer();
    private final FakeReleases releases = new FakeReleases(server);
    private final FakeTime time = new FakeTime();
    private final KubernetesSide side = new KubernetesSide(
            ConnectionSettings.none(),
            new Environment(Map.of()),
            () -> new ApiServer(server.url(), ""),
            () -> () -> "t0ken",
            time,
            new CallMetrics());
    private final List<Act> patches = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private Helm helm = this::done;

    private final RealHelmPort port = new RealHelmPort(
            new HelmReader(side.api()),
            new ReleaseHistory(side.api()),
            new Repair(new Patched(), time),
            new HelmAtCluster(new Lazy<>(() -> call -> helm.run(call)), new Charts(List.of()), side::kubeconfig));

    @AfterEach
    void close() {
        side.close();
        server.close();
    }

    @Test
    void installsWhatIsNotThereAndUpgradesWhatIs() {
        assertThat(port.before(ACT)).isEmpty();
        assertThat(port.perform(ACT)).isEqualTo(new Performed(Map.of()));
        releases.with(3, "deployed", "1.19.6", VALUES, LONG_AGO);
        assertThat(port.before(ACT))
                .isEqualTo(Map.of(
                        "namespace", "kube-system",
                        "name", "cilium",
                        "chart", "cilium",
                        "chartVersion", "1.19.6",
                        "status", "deployed",
                        "revision", 3,
                        "values", VALUES));
        assertThat(port.perform(ACT)).isEqualTo(new Performed(Map.of("revision", 3)));
        assertThat(calls)
                .containsExactly(
                        "INSTALL cilium of https://charts.example/stable 1.20.0 {\"a\":1}",
                        "UPGRADE cilium of https://charts.example/stable 1.20.0 {\"a\":1}");
    }

    @Test
    void valuesAndKubeconfigAreForNobodyElseAndGoWithTheCall() {
        port.perform(ACT);
        assertThat(files).hasSize(2).noneMatch(Files::exists);
    }

    @Test
    void aReleaseThatWasRemovedWithItsHistoryKeptIsInstalledAnew() {
        releases.with(3, "uninstalled", "1.19.6", VALUES, LONG_AGO);
        port.perform(ACT);
        assertThat(calls).hasSize(2).first().asString().startsWith("UNINSTALL");
        assertThat(calls.get(1)).startsWith("INSTALL");
    }

    @Test
    void aReleaseThatHelmLeftPendingIsWrittenDownAsFailedAndThenUpgraded() {
        releases.with(2, "deployed", "1.19.6", VALUES, LONG_AGO).with(3, "pending-upgrade", "1.20.0", VALUES, LONG_AGO);
        assertThat(port.perform(ACT).done()).isTrue();
        assertThat(calls).hasSize(1).first().asString().startsWith("UPGRADE");
        PatchObject patch = (PatchObject) patches.get(0);
        assertThat(patch.object().name()).isEqualTo("sh.helm.release.v1.cilium.v3");
        assertThat(patch.resourceVersion()).contains("7");
        assertThat(Tree.text(patch.patch(), "metadata", "labels", "status")).contains("failed");
        Map<String, Object> document = ReleaseDocument.document(
                        Tree.text(patch.patch(), "data", "release").orElseThrow())
                .orElseThrow();
        assertThat(Tree.text(document, "info", "status")).contains("failed");
        assertThat(Tree.text(document, "manifest")).contains("---\n");
    }

    @Test
    void aReleaseThatIsPendingForLessThanAMinuteIsLeftAlone() {
        releases.with(1, "pending-install", "1.20.0", VALUES, time.now().toString());
        time.pass(Duration.ofSeconds(59));
        assertThat(port.perform(ACT))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.BUSY));
        assertThat(calls).isEmpty();
        time.pass(Duration.ofSeconds(1));
        assertThat(port.perform(ACT).done()).isTrue();
    }

    @Test
    void secretsOfEarlierValuesComeFromTheRevisionThatHasThem() {
        releases.with(1, "superseded", "1.19.6", Map.of("a", 1, "token", "one"), LONG_AGO)
                .with(2, "deployed", "1.20.0", Map.of("a", 2, "token", "two"), LONG_AGO);
        port.perform(new UpgradeRelease(
                "kube-system", "cilium", "oci://charts.example/cilium", "1.19.6", Map.of("a", 1, "token", "(hidden)")));
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0)).contains("\"token\":\"one\"");
    }

    @Test
    void valuesWhoseSecretsNobodyHasAnyMoreAreRefused() {
        releases.with(2, "deployed", "1.20.0", Map.of("a", 2, "token", "two"), LONG_AGO);
        ActResult result = port.perform(new UpgradeRelease(
                "kube-system", "cilium", "oci://charts.example/cilium", "1.19.6", Map.of("a", 1, "token", "(hidden)")));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID));
        assertThat(calls).isEmpty();
    }

    @Test
    void aRefusalOfHelmSaysWhatKindItIs() {
        helm = call -> {
            throw HelmFailure.said("uninstall: Release not loaded: cilium: release: not found");
        };
        assertThat(port.perform(REMOVAL))
                .isEqualTo(new Refused(Reason.GONE, "uninstall: Release not loaded: cilium: release: not found"));
    }

    @Test
    void aHelmThatDoesNotAnswerLeavesTheOutcomeOpen() {
        helm = call -> {
            throw HelmFailure.silent("helm did not end within 26 s and was ended");
        };
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> port.perform(ACT))
                .matches(e -> e.disposition() == Disposition.RETRY)
                .withMessageContaining("did not end within");
    }

    @Test
    void withoutAHelmTheActIsRefusedWithWhatToDo() {
        helm = call -> {
            throw MigrationException.user("HELM-MISSING", "there is no helm", "install one");
        };
        assertThat(port.perform(ACT)).isEqualTo(new Refused(Reason.INVALID, "there is no helm; install one"));
    }

    @Test
    void aReleaseThatCannotBeReadIsNoReleaseThatIsNotThere() {
        server.failing("/api/v1/secrets", 403, "Forbidden", "secrets is forbidden");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> port.before(ACT))
                .withMessageContaining("list secrets");
    }

    private String done(HelmCall call) {
        try {
            Path kubeconfig = call.kubeconfig().orElseThrow();
            assertThat(Files.readString(kubeconfig)).contains(server.url()).contains("t0ken");
            List<Path> all = new ArrayList<>(call.values().stream().toList());
            all.add(kubeconfig);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
            files.addAll(all);
            calls.add(call.verb() + " " + call.release()
                    + call.chart()
                            .map(c -> " of " + c.repository().orElse(c.place()) + " " + c.version() + " ")
                            .orElse("")
                    + (call.values().isPresent()
                            ? Files.readString(call.values().get())
                            : ""));
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes every act. */
    private final class Patched implements KubernetesPort {
        @Override
        public Reading read(Set<Part> parts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
            return Set.of();
        }

        @Override
        public Map<String, Object> before(Act act) {
            return Map.of();
        }

        @Override
        public ActResult perform(Act act) {
            patches.add(act);
            return new Performed(Map.of());
        }
    }
}
