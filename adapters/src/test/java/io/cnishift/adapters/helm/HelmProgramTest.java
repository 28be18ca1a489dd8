package io.cnishift.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The helm on PATH, played by a script. */
@DisabledOnOs(OS.WINDOWS)
final class HelmProgramTest {

    private static final ChartRef CHART = ChartRef.of("https://charts.example/stable/cilium", "1.20.0");

    @TempDir
    private Path folder;

    private Path values;
    private Path kubeconfig;

    @BeforeEach
    void write() throws IOException {
        values = Files.writeString(folder.resolve("values.json"), "{}");
        kubeconfig = Files.writeString(folder.resolve("config"), "{}");
    }

    @Test
    void upgradesFromARepositoryWithCompleteValuesAndWaitsForNothing() throws IOException {
        HelmCall call = HelmCall.of(HelmCall.Verb.UPGRADE, "kube-system", "cilium", CHART, values);
        helm(
                "echo \"$@\"; echo \"KUBECONFIG=$KUBECONFIG HELM_DRIVER=$HELM_DRIVER HELM_KUBECONTEXT=$HELM_KUBECONTEXT\"");
        assertThat(program(Map.of("HELM_KUBECONTEXT", "prod", "HELM_DRIVER", "sql"))
                        .run(call.at(kubeconfig))
                        .lines())
                .containsExactly(
                        "upgrade cilium cilium --reset-values --timeout 20s --repo https://charts.example/stable --version"
                                + " 1.20.0 --values " + values + " --kubeconfig " + kubeconfig
                                + " --namespace kube-system",
                        "KUBECONFIG=/dev/null HELM_DRIVER=secret HELM_KUBECONTEXT=");
    }

    @Test
    void aChartOnThisMachineHasItsOwnVersion() throws IOException {
        helm("");
        ChartRef chart = ChartRef.of("/charts/cilium-1.20.0.tgz", "1.20.0");
        HelmCall call = HelmCall.of(HelmCall.Verb.INSTALL, "kube-system", "cilium", chart, values);
        assertThat(program(Map.of()).command(call))
                .contains("install", "/charts/cilium-1.20.0.tgz")
                .doesNotContain("--version", "--repo");
    }

    @Test
    void aFailureIsTheLastLineThatHelmSays() throws IOException {
        helm("echo 'WARNING: old' >&2; echo 'Error: UPGRADE FAILED: no such thing' >&2; echo >&2; exit 1");
        assertThatExceptionOfType(HelmFailure.class)
                .isThrownBy(() -> program(Map.of()).run(HelmCall.uninstall("kube-system", "cilium")))
                .withMessage("UPGRADE FAILED: no such thing")
                .matches(HelmFailure::answered);
    }

    @Test
    void aFailureTellsNoCredentialsOfARepository() throws IOException {
        helm("echo 'Error: cannot reach https://mia:hunter2@charts.example/index.yaml: 401' >&2; exit 1");
        assertThatExceptionOfType(HelmFailure.class)
                .isThrownBy(() -> program(Map.of()).run(HelmCall.uninstall("kube-system", "cilium")))
                .withMessage("cannot reach https://mia:(masked)@charts.example/index.yaml: 401");
    }

    @Test
    void aHelmThatDoesNotEndIsAskedToAndEnded() throws IOException {
        helm("trap 'echo asked > asked.txt; exit 1' TERM; while :; do :; done");
        HelmProgram impatient =
                new HelmProgram(folder.resolve("helm"), new Environment(Map.of()), Duration.ofMillis(300));
        assertThatExceptionOfType(HelmFailure.class)
                .isThrownBy(() -> impatient.run(HelmCall.version()))
                .matches(failure -> !failure.answered())
                .withMessageContaining("was ended");
    }

    @Test
    void wantsANewEnoughHelm() throws IOException {
        helm("echo v3.13.3");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> program(Map.of()).check())
                .withMessageEndingWith("is Helm v3.13.3; 3.14 or later is needed");
        helm("echo 'Client: &version'");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> program(Map.of()).check())
                .withMessageEndingWith("does not tell its version as helm does");
        helm("echo v4.0.1");
        assertThatNoException().isThrownBy(() -> program(Map.of()).check());
    }

    @Test
    void takesTheOneOnPathElseTheEmbeddedOneElseSaysWhatIsMissing() throws IOException {
        helm("echo v3.14.0+g1234567");
        Properties linux = system("Linux", "amd64");
        Properties mac = system("Mac OS X", "aarch64");
        assertThat(found(folder.toString(), mac).toString())
                .isEqualTo(folder.resolve("helm").toString());
        assertThat(found("/nowhere", linux)).isInstanceOf(EmbeddedChild.class);
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> found("/nowhere", mac))
                .withMessageStartingWith("there is no helm on PATH");
        helm("echo v3.2.0");
        assertThat(found(folder.toString(), linux)).isInstanceOf(EmbeddedChild.class);
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> found(folder.toString(), mac))
                .withMessageContaining("3.14 or later");
    }

    @Test
    void readsWhatTheUserChose() throws IOException {
        helm("");
        assertThat(HelmChoice.parse("none", folder).kind()).isEqualTo(HelmChoice.Kind.NONE);
        assertThat(HelmChoice.parse("embedded", folder).kind()).isEqualTo(HelmChoice.Kind.EMBEDDED);
        assertThat(HelmChoice.parse("helm", folder).program()).contains(folder.resolve("helm"));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> HelmChoice.parse("config", folder))
                .withMessage("--helm config is no program");
    }

    private static Helm found(String path, Properties system) {
        return new HelmFinder(new Environment(Map.of("PATH", path)), system).find(HelmChoice.found());
    }

    private static Properties system(String os, String arch) {
        Properties system = new Properties();
        system.setProperty("os.name", os);
        system.setProperty("os.arch", arch);
        return system;
    }

    private HelmProgram program(Map<String, String> variables) {
        return new HelmProgram(folder.resolve("helm"), new Environment(variables), ChildProcess.LIMIT);
    }

    private void helm(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("helm"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
