package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.compare.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A redacted snapshot gives nothing away and is worth as much as the real one. */
final class RedactTest {

    @TempDir
    private Path folder;

    @Test
    void givesNoNameAccountIdOrAddressAway() throws IOException {
        String real = saved("real.yaml", "govcloud-26");
        String redacted = saved("redacted.yaml", "govcloud-26", "--redact");
        for (String secret : List.of(
                "govcloud-26",
                "777788889999",
                "10.40.8",
                "10-40-8",
                "gov-workers",
                "gov-ingress",
                "example.gov",
                "ledger",
                "portal",
                "9AA75D68CD30785952ED0A4E2B4D0C44",
                "2844a9b2-9196-4122-acf8-5016af211d18",
                "09aa75d68cd307859",
                "0ec9b9d4ba91199ee")) {
            assertThat(real).contains(secret);
            assertThat(redacted).doesNotContain(secret);
        }
        assertThat(redacted).contains("aws-node", "kube-system", "us-gov-west-1a", "m5.large", "ingress-nginx");
    }

    @Test
    void replacesTheSameByTheSame() throws IOException {
        saved("once.yaml", "minnie-wallace", "--redact");
        saved("again.yaml", "minnie-wallace", "--redact");
        assertThat(folder.resolve("again.yaml")).hasSameBinaryContentAs(folder.resolve("once.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean-cluster", "govcloud-26", "minnie-wallace"})
    void comparesAsBefore(String scenario) throws IOException {
        saved("real.yaml", scenario);
        saved("redacted.yaml", scenario, "--redact");
        List<Comparison.Row> before = rows("real.yaml");
        List<Comparison.Row> after = rows("redacted.yaml");
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(facts(after.get(i))).isEqualTo(facts(before.get(i)));
        }
    }

    /** All of a row but words with names in them, and but the time: names that stay come in another order among new ones. */
    private static List<Object> facts(Comparison.Row row) {
        return List.of(
                row.id(),
                row.feasible(),
                row.findings().stream()
                        .map(f -> f.code() + f.severity())
                        .sorted()
                        .toList(),
                row.capacity(),
                row.ipBudget().stream()
                        .map(b -> List.of(b.availabilityZone(), b.usable(), b.usedNow(), b.peakDuring(), b.usedAfter()))
                        .toList(),
                row.disruption(),
                row.cost().peakExtraNodes(),
                Math.round(row.cost().extraNodeHours() * 100),
                row.rehearsal().map(r -> r.outcome() + " with " + r.apiRequests()));
    }

    private String saved(String file, String scenario, String... options) throws IOException {
        String[] command = new String[options.length + 5];
        System.arraycopy(new String[] {"inspect", "--cluster", "sim:" + scenario, "--out", file}, 0, command, 0, 5);
        System.arraycopy(options, 0, command, 5, options.length);
        Run run = Run.of(folder, command);
        assertThat(run.code()).as(run.err()).isZero();
        return Files.readString(folder.resolve(file));
    }

    private List<Comparison.Row> rows(String file) {
        Run run = Run.of(folder, "compare", "--cluster", file, "--goal", "growth=100%", "-o", "json");
        assertThat(run.code()).as(run.err()).isZero();
        return Codec.builder()
                .build()
                .read(Comparison.class, Source.text(file, run.out()))
                .orElseThrow(problems -> new IllegalStateException(problems.toString()))
                .strategies();
    }
}
