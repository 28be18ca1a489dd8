package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.codec.Suggestion;
import io.cnishift.engine.slice.NodeChoice;
import io.cnishift.engine.slice.Slice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Refuses a slice that names a node group which the plan does not roll: it would leave all to a later run, for ever. */
final class Choices {

    private Choices() {}

    static void require(MigrationPlan plan, Slice slice) {
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
