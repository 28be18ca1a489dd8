package io.cnishift.adapters.reading;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A side of a real cluster that can be read only. The one place that says so: every act is refused, and nothing is fed, so
 * that the engine reads again when what it knows is too old.
 */
public final class ReadOnlyPort implements KubernetesPort, AwsPort, HelmPort {

    private static final String REFUSAL =
            "applying to a real cluster is not part of this version; plan and rehearse work";

    private final PartReader reader;

    public ReadOnlyPort(PartReader reader) {
        this.reader = Objects.requireNonNull(reader);
    }

    @Override
    public Reading read(Set<Part> parts) {
        return reader.read(parts);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return Set.of();
    }

    /** Refused like the act itself: an empty tree would mean that the object does not exist. */
    @Override
    public Map<String, Object> before(Act act) {
        throw MigrationException.user("CLUSTER-READ-ONLY", REFUSAL, "rehearse the plan, or apply it to a sim: cluster");
    }

    @Override
    public ActResult perform(Act act) {
        return new ActResult.Refused(ActResult.Reason.INVALID, REFUSAL);
    }
}
