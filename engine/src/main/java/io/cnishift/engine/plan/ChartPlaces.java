package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.plan.PublishesCharts;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.NamesCharts;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where the charts of a plan come from. A plan may have come from anybody: what it names beside the cluster it is for is asked
 * only when the strategy publishes its chart there, or the one who runs the plan allows it.
 */
public final class ChartPlaces {

    /** How a file of this machine is allowed. */
    public static final String FILE = "file";

    private ChartPlaces() {}

    /**
     * One chart.
     *
     * @param host where it is asked for; {@value #FILE} for a file of this machine
     * @param published whether the strategy takes it from there by itself
     */
    public record Place(String step, String chart, String host, boolean published) {
        public Place {
            Objects.requireNonNull(step);
            Objects.requireNonNull(chart);
            Objects.requireNonNull(host);
        }
    }

    /** The charts of a plan, each reference once. */
    public static List<Place> of(MigrationPlan plan, MigrationStrategy strategy) {
        List<String> published = strategy instanceof PublishesCharts known ? known.charts() : List.of();
        Map<String, Place> places = new LinkedHashMap<>();
        plan.phases().stream().flatMap(phase -> phase.steps().stream()).forEach(step -> {
            charts(step.params())
                    .forEach(chart -> places.putIfAbsent(
                            chart, new Place(step.id(), chart, host(chart), published.contains(chart))));
        });
        return List.copyOf(places.values());
    }

    private static List<String> charts(Record params) {
        return params instanceof NamesCharts named
                ? named.charts()
                : InstallRelease.in(params).map(InstallRelease::chart).stream().toList();
    }

    /** Refuses a plan with a chart from a place that is neither published nor allowed. */
    public static void require(Collection<Place> places, Collection<String> allowed) {
        places.stream()
                .filter(p -> !p.published())
                .filter(p -> allowed.stream().noneMatch(host -> host.equalsIgnoreCase(p.host())))
                .findFirst()
                .ifPresent(p -> {
                    String where = p.host().equals(FILE) ? "a file of this machine" : "host " + p.host();
                    throw MigrationException.user(
                            "PLAN-HOST",
                            "step " + p.step() + " takes its chart from " + where + ", " + p.chart()
                                    + ", where its strategy does not publish it",
                            "if that is meant, add --allow-host " + p.host());
                });
    }

    /** The host of a reference, with its port where it names one. */
    private static String host(String chart) {
        if (!chart.matches("(?i)[a-z][a-z0-9+.-]*://.*")) {
            return FILE;
        }
        try {
            URI uri = URI.create(chart);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean remote = List.of("https", "http", "oci").contains(scheme) && uri.getHost() != null;
            return remote ? uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) : FILE;
        } catch (IllegalArgumentException e) {
            return FILE;
        }
    }
}
