package io.cnishift.adapters;

import io.cnishift.adapters.reading.PartReader;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A side of a cluster of which a test says what is read; nothing else may be asked of it. */
record ReadablePort(PartReader reader) implements KubernetesPort, AwsPort, HelmPort {

    @Override
    public Reading read(Set<Part> parts) {
        return reader.read(parts);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return Set.of();
    }

    @Override
    public Map<String, Object> before(Act act) {
        throw new AssertionError(act);
    }

    @Override
    public ActResult perform(Act act) {
        throw new AssertionError(act);
    }
}
