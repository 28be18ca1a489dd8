package io.cnishift.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.api.port.MigrationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChartsTest {

    private static final String PUBLISHED = "https://charts.example/stable/cilium";

    @TempDir
    private Path folder;

    @Test
    void aChartInARepositoryIsRepositoryAndName() {
        assertThat(new Charts(List.of()).find(PUBLISHED, "1.20.0"))
                .isEqualTo(new ChartRef("cilium", Optional.of("https://charts.example/stable"), "1.20.0"));
        assertThat(new Charts(List.of()).has(PUBLISHED, "1.20.0")).isFalse();
    }

    @Test
    void anArchiveAtHandStandsForThePublishedChartOfItsNameAndVersion() throws IOException {
        String older = archive("1.19.6");
        String archive = archive("1.20.0");
        Charts charts = new Charts(List.of(older, archive));
        assertThat(charts.find(PUBLISHED, "1.20.0").place()).isEqualTo(archive);
        assertThat(charts.find(PUBLISHED, "1.19.6").place()).isEqualTo(older);
        assertThat(charts.has(PUBLISHED, "1.20.0")).isTrue();
        assertThat(charts.find("https://charts.example/stable/other", "1.20.0").repository())
                .isPresent();
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> charts.find(PUBLISHED, "1.18.12"))
                .withMessageStartingWith("the plan wants cilium 1.18.12, but --chart " + older + " has 1.19.6 and ");
    }

    @Test
    void anOciReferenceStandsForThePublishedChartInAnyVersion() {
        Charts charts = new Charts(List.of("oci://registry.example/charts/cilium"));
        assertThat(charts.find(PUBLISHED, "1.20.0"))
                .isEqualTo(new ChartRef("oci://registry.example/charts/cilium", Optional.empty(), "1.20.0"));
    }

    @Test
    void aPathInThePlanMustHaveThePlansVersion() throws IOException {
        String archive = archive("1.20.0");
        assertThat(new Charts(List.of()).find(archive, "1.20.0").place()).isEqualTo(archive);
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> new Charts(List.of()).find(archive, "1.20.1"))
                .withMessageEndingWith("is cilium 1.20.0, and the plan wants 1.20.1");
    }

    @Test
    void whatIsNoChartIsSaidToBeNone() throws IOException {
        Path text = Files.writeString(folder.resolve("a.tgz"), "no archive");
        for (String none : List.of(
                text.toString(),
                folder.toString(),
                folder.resolve("missing.tgz").toString())) {
            assertThatExceptionOfType(MigrationException.class)
                    .isThrownBy(() -> new Charts(List.of(none)).find(PUBLISHED, "1.20.0"))
                    .withMessageContaining("is no chart");
        }
    }

    @Test
    void theDigestIsThatOfTheFile() throws IOException {
        Path archive = Path.of(archive("1.20.0"));
        assertThat(ChartArchive.read(archive).digest())
                .hasValueSatisfying(digest -> assertThat(digest).matches("sha256:[0-9a-f]{64}"));
    }

    /** A chart as Helm packs it, with a file before the one that counts and a chart within it. */
    private String archive(String version) throws IOException {
        Path file = folder.resolve("cilium-" + version + ".tgz");
        try (GZIPOutputStream tar = new GZIPOutputStream(Files.newOutputStream(file))) {
            entry(tar, "cilium/charts/inner/Chart.yaml", "name: inner\nversion: 0.0.1\n");
            entry(tar, "cilium/values.yaml", "a: 1\n".repeat(300));
            entry(tar, "cilium/Chart.yaml", "apiVersion: v2\nname: cilium\nversion: " + version + "\n");
            tar.write(new byte[1024]);
        }
        return file.toString();
    }

    private static void entry(GZIPOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = new byte[512];
        put(head, 0, name);
        put(head, 124, String.format("%011o", content.length));
        head[156] = '0';
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(content);
        padded.writeBytes(new byte[(512 - content.length % 512) % 512]);
        tar.write(head);
        tar.write(padded.toByteArray());
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }
}
