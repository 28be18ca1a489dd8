package io.cnishift.cli.command;

import io.cnishift.adapters.helm.HelmChoice;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.NamesCharts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** What was given, as it is said to the next command: each option after a space. */
    String words() {
        return Stream.concat(
                        Stream.ofNullable(helm).map(text -> " --helm " + PlanCall.quoted(text)),
                        charts.stream().map(chart -> " --chart " + PlanCall.quoted(chart)))
                .collect(Collectors.joining());
    }

    /** Whether releases are the business of their owners. */
    boolean leavesReleases() {
        return "none".equals(helm);
    }

    /** Refuses a plan in which releases are ours when no Helm is to work. */
    void require(MigrationPlan plan) {
        if (leavesReleases()) {
            plan.phases().stream()
                    .flatMap(phase -> phase.steps().stream())
                    .filter(step -> step.executor() == Executor.CNISHIFT)
                    .filter(step ->
                            InstallRelease.in(step.params()).isPresent() || step.params() instanceof NamesCharts)
                    .findFirst()
                    .ifPresent(step -> {
                        throw MigrationException.user(
                                "HELM-MISSING",
                                "step " + step.id()
                                        + " of the plan is a Helm release, and --helm none leaves those to their"
                                        + " owner",
                                "make the plan with --helm none, or name a helm");
                    });
        }
    }

    /** The steps of a plan that are releases in the cluster whose owners are known. */
    static List<MigrationPlan.Step> releases(MigrationPlan plan) {
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> step.params() instanceof InstallRelease)
                .toList();
    }

    /** Whether a chart was named. */
    boolean namesCharts() {
        return !charts.isEmpty();
    }
}
