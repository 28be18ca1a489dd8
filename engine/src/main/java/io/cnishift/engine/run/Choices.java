package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.codec.Suggestion;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.plan.PhaseIds;
import io.cnishift.engine.slice.NodeChoice;
import io.cnishift.engine.slice.Slice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Refuses limits of a run that name what its plan does not have. Whoever tells of a run asks here first. */
public final class Choices {

    private Choices() {}

    /** Phases to stop at and to pass are those of the plan, and groups to choose are rolled by it. */
    public static void require(MigrationPlan plan, RunLimits limits) {
        PhaseIds.require(plan, limits.until().stream().toList());
        PhaseIds.require(plan, limits.past());
        limits.slice().ifPresent(slice -> requireGroups(plan, slice));
    }

    /** Zones to choose are those of the cluster: one that is none would leave all to a later run, with the CNIs half changed. */
    static void requireZones(View view, Slice slice) {
        Set<String> zones = new TreeSet<>();
        view.nodes().forEach(node -> zones.add(node.zone()));
        view.subnets().forEach(subnet -> zones.add(subnet.availabilityZone()));
        Stream.concat(slice.only().stream(), slice.except().stream())
                .filter(choice -> !choice.inOneOf(zones))
                .findFirst()
                .ifPresent(choice -> {
                    throw MigrationException.user(
                            "RUN-NO-ZONE",
                            "the cluster has nothing in zone '" + choice.zone().orElse("") + "'",
                            "its zones are " + String.join(", ", zones));
                });
    }

    /** A group that is never rolled would leave all to a later run, for ever. */
    private static void requireGroups(MigrationPlan plan, Slice slice) {
        List<String> groups = plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .flatMap(step -> Course.roll(step).stream())
                .map(RollNodes::from)
                .toList();
        Stream.concat(slice.only().stream(), slice.except().stream())
                .map(NodeChoice::nodegroup)
                .flatMap(Optional::stream)
                .filter(group -> !groups.contains(group))
                .findFirst()
                .ifPresent(group -> {
                    String near = Suggestion.nearest(group, groups)
                            .map(s -> "did you mean " + s + "? ")
                            .orElse("");
                    throw MigrationException.user(
                            "RUN-NO-GROUP",
                            "the plan rolls no node group '" + group + "'",
                            near + "it rolls " + (groups.isEmpty() ? "none" : String.join(", ", groups)));
                });
    }
}
