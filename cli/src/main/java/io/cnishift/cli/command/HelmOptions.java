package io.cnishift.cli.command;

import io.cnishift.adapters.helm.HelmChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Helm works, and where charts are. */
final class HelmOptions {

    private static final String OCI = "oci://";

    @Option(
            names = "--helm",
            paramLabel = "embedded|none|PATH",
            description =
                    "The helm to use (default: that on PATH, from 3.14 on, else the embedded one; linux-amd64 only).")
    private @Nullable String helm;

    @Option(
            names = "--chart",
            paramLabel = "PATH|oci://...",
            description =
                    "A chart at hand that stands for the plan's chart of the same name and version; may be repeated.")
    private List<String> charts = List.of();

    /** What was chosen; paths are relative to the folder. */
    HelmChoice choice(Path folder) {
        List<String> resolved = charts.stream()
                .map(chart ->
                        chart.startsWith(OCI) ? chart : folder.resolve(chart).toString())
                .toList();
        return Optional.ofNullable(helm)
                .map(text -> HelmChoice.parse(text, folder))
                .orElseGet(HelmChoice::found)
                .with(resolved);
    }

    /** Whether a chart was named. */
    boolean namesCharts() {
        return !charts.isEmpty();
    }
}
