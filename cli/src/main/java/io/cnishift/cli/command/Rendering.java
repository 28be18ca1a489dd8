package io.cnishift.cli.command;

import io.cnishift.adapters.helm.ChartRenderer;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.step.InstallRelease;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether charts take the values that a plan gives them, found out by rendering them. The embedded tables know names and conflicts;
 * what a chart's schema and templates refuse only the chart knows.
 */
final class Rendering {

    private final ChartRenderer renderer;

    Rendering(ChartRenderer renderer) {
        this.renderer = renderer;
    }

    /**
     * Renders the charts of a plan that are at hand, and says in a sentence whether it did; nothing of a plan without charts.
     *
     * @param kubernetes version of the cluster
     * @throws MigrationException when a chart does not take its values
     */
    Optional<String> atHand(MigrationPlan plan, String kubernetes) {
        Map<InstallRelease, String> steps = steps(plan);
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        List<InstallRelease> rendered = render(steps, kubernetes, renderer::atHand);
        return Optional.of(
                rendered.isEmpty()
                        ? "Rendered: no. Name the chart with --chart to have it rendered now; apply renders it before its"
                                + " first act."
                        : "Rendered: yes, " + rendered.get(0).release() + " "
                                + rendered.get(0).chartVersion() + " takes its values.");
    }

    /**
     * Renders all charts of a plan, wherever they are.
     *
     * @throws MigrationException when a chart does not take its values
     */
    void all(MigrationPlan plan, String kubernetes) {
        List<InstallRelease> unused = render(steps(plan), kubernetes, step -> true);
    }

    /** Every step that brings a chart, with its id. */
    private static Map<InstallRelease, String> steps(MigrationPlan plan) {
        Map<InstallRelease, String> steps = new LinkedHashMap<>();
        for (MigrationPlan.Phase phase : plan.phases()) {
            for (MigrationPlan.Step step : phase.steps()) {
                InstallRelease.in(step.params()).ifPresent(install -> steps.putIfAbsent(install, step.id()));
            }
        }
        return steps;
    }

    private List<InstallRelease> render(
            Map<InstallRelease, String> steps, String kubernetes, Predicate<InstallRelease> which) {
        List<InstallRelease> chosen = steps.keySet().stream().filter(which).toList();
        for (InstallRelease install : chosen) {
            Optional<String> problem = renderer.problem(install, kubernetes);
            if (problem.isPresent()) {
                throw MigrationException.user(
                        "HELM-RENDER",
                        "chart " + install.chart() + " " + install.chartVersion() + " does not take the values of step "
                                + steps.get(install) + ": " + problem.get(),
                        "change the values given with --values, or the chart's version");
            }
        }
        return chosen;
    }
}
