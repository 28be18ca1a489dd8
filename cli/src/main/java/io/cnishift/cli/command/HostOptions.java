package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.plan.ChartPlaces;
import io.cnishift.engine.plan.StrategyBook;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which hosts a plan may name beside the cluster it is for. */
final class HostOptions {

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            description =
                    "A host, or 'file' for files of this machine, that the plan may take a chart from although its"
                            + " strategy does not publish it there; may be repeated.")
    private List<String> allowed = List.of();

    /** The hosts that this plan needs allowed, as options, each after a space. */
    static String words(MigrationPlan plan, StrategyBook strategies) {
        return ChartPlaces.of(plan, strategies.require(plan.strategy()).strategy()).stream()
                .filter(place -> !place.published())
                .map(place -> " --allow-host " + place.host())
                .distinct()
                .collect(Collectors.joining());
    }

    /** Says where charts come from, and refuses other places than those published or allowed. */
    void require(MigrationPlan plan, StrategyBook strategies, Steady steady) {
        List<ChartPlaces.Place> places =
                ChartPlaces.of(plan, strategies.require(plan.strategy()).strategy());
        if (!places.isEmpty()) {
            steady.say("charts come from "
                    + places.stream()
                            .map(p -> p.host() + (p.published() ? " (published default)" : ""))
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        ChartPlaces.require(places, allowed);
    }
}
