package io.cnishift.strategy.overlay;

import io.cnishift.api.plan.Supplies;
import io.cnishift.cilium.ChartImage;
import io.cnishift.cilium.ChartImage.Part;
import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.ImageDigests;
import io.cnishift.cilium.ImageSource;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cilium's chart and images for the choices of a migration. */
final class CiliumSupplies {

    /** Charts are kept apart from images: the chart and the agent's image have one name. */
    private static final String CHARTS = "/charts";

    private CiliumSupplies() {}

    static Supplies of(Choices choices, Map<String, Object> values, Optional<String> registry) {
        Values user = Values.of(values);
        ChoiceRules.registry(registry);
        return new Supplies(
                List.of(chart(choices, registry)),
                parts(choices).stream()
                        .map(part -> image(ChartImage.of(choices.ciliumVersion(), part, user), registry))
                        .toList(),
                registry.isEmpty()
                        ? Map.of()
                        : new ImageSource(List.of(), registry, false)
                                .under(Values.empty(), ChartDraft.hubble(choices.hubble()))
                                .toMap());
    }

    private static Supplies.Chart chart(Choices choices, Optional<String> registry) {
        CiliumVersion version = choices.ciliumVersion();
        return new Supplies.Chart(
                Migration.CHART,
                version.toString(),
                choices.chart().orElse(Migration.REPOSITORY_URL + Migration.CHART),
                ImageDigests.ofChart(version),
                registry.map(r -> "oci://" + r + CHARTS + "/" + Migration.CHART));
    }

    private static List<Part> parts(Choices choices) {
        List<Part> parts = new ArrayList<>(List.of(
                Part.AGENT, choices.overlay().isPresent() ? Part.OPERATOR_GENERIC : Part.OPERATOR_AWS, Part.ENVOY));
        if (choices.hubble() != OverlayOptions.Hubble.OFF) {
            parts.add(Part.RELAY);
        }
        if (choices.hubble() == OverlayOptions.Hubble.UI) {
            parts.addAll(List.of(Part.UI_BACKEND, Part.UI_FRONTEND));
        }
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
