package io.cnishift.simulator.world;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A world that was opened without AWS: nothing is known there and nothing can be done. */
final class NoAws implements AwsPort {
    private static final String REASON = "this world was opened without AWS";

    @Override
    public Reading read(Set<Part> parts) {
        return new Reading(
                List.of(),
                parts.stream()
                        .filter(p -> p.source() == Part.Source.AWS)
                        .sorted()
                        .map(p -> new Unknown(p, p.toString(), REASON, "open it with all behaviours"))
                        .toList());
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return Set.of();
    }

    @Override
    public Map<String, Object> before(Act act) {
        return Map.of();
    }

    @Override
    public ActResult perform(Act act) {
        return new ActResult.Refused(ActResult.Reason.UNAVAILABLE, REASON);
    }
}
