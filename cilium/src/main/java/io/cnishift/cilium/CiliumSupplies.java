package io.cnishift.cilium;

import io.cnishift.api.plan.Supplies;
import io.cnishift.cilium.ChartImage.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Cilium's chart and images for a migration.
 *
 * @param operator which of the operators it runs
 * @param chart where the chart is, when it is not in the published repository
 * @param more what runs beside agents, proxies, operator and Hubble
 */
public record CiliumSupplies(
        CiliumVersion version, Part operator, HubbleLevel hubble, Optional<String> chart, List<Part> more) {

    /** Charts are kept apart from images: the chart and the agent's image have one name. */
    private static final String CHARTS = "/charts";

    public CiliumSupplies {
        Objects.requireNonNull(version);
        Objects.requireNonNull(operator);
        Objects.requireNonNull(hubble);
        Objects.requireNonNull(chart);
        more = List.copyOf(more);
    }

    /** Those of one cluster by itself. */
    public CiliumSupplies(CiliumVersion version, Part operator, HubbleLevel hubble, Optional<String> chart) {
        this(version, operator, hubble, chart, List.of());
    }

    /**
     * All of them.
     *
     * @param values chart values of the user, which may name other images
     * @param registry host and path for copies; empty when none are made
     */
    public Supplies supplies(Map<String, Object> values, Optional<String> registry) {
        Values user = Values.of(values);
        return new Supplies(
                List.of(chart(version.toString(), chart, ImageDigests.ofChart(version), registry)),
                parts().stream()
                        .map(part -> image(ChartImage.of(version, part, user), registry))
                        .toList(),
                new ImageSource(List.of(), registry, false)
                        .under(Values.empty(), hubble)
                        .toMap());
    }

    /**
     * What a release that is there needs to become one of a mesh. Its version, and so that of what is added to it, has nobody read; all else it runs
     * already.
     */
    public static Supplies ofMesh(Optional<String> chart, Map<String, Object> values, Optional<String> registry) {
        ChartImage newest = ChartImage.of(CiliumVersion.newest(), Part.MESH, Values.of(values));
        int tag = newest.image().lastIndexOf(':');
        ChartImage any = new ChartImage(
                Part.MESH,
                tag > newest.image().lastIndexOf('/') ? newest.image().substring(0, tag) : newest.image(),
                Optional.empty());
        return new Supplies(
                List.of(chart("", chart, Optional.empty(), registry)), List.of(image(any, registry)), Map.of());
    }

    private static Supplies.Chart chart(
            String version, Optional<String> chart, Optional<String> digest, Optional<String> registry) {
        return new Supplies.Chart(
                Migration.CHART,
                version,
                chart.orElse(Migration.PUBLISHED_CHART),
                digest,
                registry.map(r -> "oci://" + r + CHARTS + "/" + Migration.CHART));
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>(List.of(Part.AGENT, operator, Part.ENVOY));
        if (hubble != HubbleLevel.AGENT) {
            parts.add(Part.RELAY);
        }
        if (hubble == HubbleLevel.UI) {
            parts.addAll(List.of(Part.UI_BACKEND, Part.UI_FRONTEND));
        }
        parts.addAll(more);
        return parts;
    }

    private static Supplies.Image image(ChartImage image, Optional<String> registry) {
        return new Supplies.Image(
                image.image(),
                image.digest(),
                image.part().use(),
                registry.map(r -> r + image.image().substring(image.image().lastIndexOf('/'))));
    }
}
