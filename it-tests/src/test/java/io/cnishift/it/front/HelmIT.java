package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.helm.HelmChoice;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.step.InstallRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded Helm installs, upgrades and removes real releases in a simulated cluster, through the port of a real one. */
final class HelmIT {
    private static final String REPOSITORY = "https://charts.example/demo";

    @TempDir
    private Path folder;

    private Fronted fronted;
    private RealWorlds worlds;
    private HelmPort helm;

    @BeforeEach
    void serve() throws IOException {
        assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .as("the embedded helm is for linux-amd64 only")
                .isIn("Linux amd64", "Linux x86_64");
        Path chart = Files.createDirectories(folder.resolve("demo/templates")).getParent();
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: demo\nversion: 1.2.3\n");
        Files.writeString(
                chart.resolve("values.schema.json"),
                "{\"type\": \"object\", \"properties\": {\"word\": {\"type\": \"string\"}}}");
        Files.writeString(chart.resolve("templates/map.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: "{{ .Release.Name }}-map"}
                data: {word: {{ required "a word is needed" .Values.word | quote }}}
                """);
        fronted = new Fronted("minnie-wallace", folder);
        worlds = new RealWorlds().with(HelmChoice.parse("embedded", folder).with(List.of(chart.toString())));
        ConnectionSettings settings = ConnectionSettings.builder()
                .withKubeconfig(Optional.of(fronted.kubeconfig()))
                .build();
        helm = worlds.open(new ClusterTarget("minnie-wallace", settings)).helm();
    }

    @AfterEach
    void close() {
        if (fronted != null) {
            worlds.close();
            fronted.close();
        }
    }

    @Test
    void aReleaseIsInstalledUpgradedTakenBackAndRemoved() {
        UpgradeRelease install = act(Map.of("word", "one", "token", "s3cr3t"));
        assertThat(helm.before(install)).isEmpty();
        assertThat(helm.perform(install)).isEqualTo(new ActResult.Performed(Map.of("revision", 1)));
        assertThat(word()).contains("one");
        assertThat(release()).contains(Map.of("word", "one", "token", "(hidden)"));

        UpgradeRelease upgrade = act(Map.of("word", "two", "token", "s3cr3t"));
        Map<String, Object> before = helm.before(upgrade);
        assertThat(before).containsEntry("revision", 1).containsEntry("status", "deployed");
        assertThat(before.toString()).doesNotContain("s3cr3t");
        assertThat(helm.perform(upgrade)).isEqualTo(new ActResult.Performed(Map.of("revision", 2)));
        assertThat(word()).contains("two");

        UpgradeRelease back = (UpgradeRelease) upgrade.inverse(before).orElseThrow();
        assertThat(helm.perform(back)).isEqualTo(new ActResult.Performed(Map.of("revision", 3)));
        assertThat(word()).contains("one");
        assertThat(release()).contains(Map.of("word", "one", "token", "(hidden)"));

        assertThat(helm.perform(new UninstallRelease("default", "words"))).isEqualTo(new ActResult.Performed(Map.of()));
        assertThat(word()).isEmpty();
        assertThat(release()).isEmpty();
    }

    @Test
    void whatHelmRefusesIsOneLine() {
        assertThat(helm.perform(act(Map.of("word", 5))))
                .isEqualTo(new ActResult.Refused(ActResult.Reason.INVALID, "at '/word': got number, want string"));
        assertThat(helm.perform(new UninstallRelease("default", "words")))
                .isInstanceOfSatisfying(
                        ActResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ActResult.Reason.GONE));
    }

    @Test
    void aChartIsRenderedWithoutACluster() {
        assertThat(worlds.renderer().atHand(step(Map.of()))).isTrue();
        assertThat(worlds.renderer().problem(step(Map.of("word", "one")), "1.33"))
                .isEmpty();
        assertThat(worlds.renderer().problem(step(Map.of()), "1.33"))
                .hasValueSatisfying(
                        line -> assertThat(line).endsWith("a word is needed").hasLineCount(1));
    }

    @Test
    void aChartComesFromItsRepository() throws IOException {
        Map<String, String> files = Map.of(
                "Chart.yaml",
                "apiVersion: v2\nname: published\nversion: 0.3.0\n",
                "templates/fails.yaml",
                "{{ fail \"rendered for\" }}");
        try (ChartRepository repository = new ChartRepository("published", "0.3.0", files)) {
            InstallRelease step =
                    new InstallRelease("default", "words", repository.chart(), "0.3.0", Map.of(), List.of(), List.of());
            assertThat(worlds.renderer().atHand(step)).isFalse();
            assertThat(worlds.renderer().problem(step, "1.33"))
                    .hasValueSatisfying(line -> assertThat(line).endsWith("rendered for"));
        }
    }

    private static UpgradeRelease act(Map<String, Object> values) {
        return new UpgradeRelease("default", "words", REPOSITORY, "1.2.3", values);
    }

    private static InstallRelease step(Map<String, Object> values) {
        return new InstallRelease("default", "words", REPOSITORY, "1.2.3", values, List.of(), List.of());
    }

    private Optional<String> word() {
        return fronted.simulation()
                .kernel()
                .objects()
                .get("ConfigMap", "default", "words-map")
                .flatMap(map -> Tree.text(map, "data", "word"));
    }

    private Optional<Map<String, Object>> release() {
        return helm.read(Set.of(Part.RELEASES)).resources().stream()
                .map(Release.class::cast)
                .filter(release -> release.name().equals("words"))
                .map(Release::values)
                .findFirst();
    }
}
