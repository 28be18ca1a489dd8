package io.cnishift.adapters.kubernetes;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A real API server: reads by lists, follows by watches, writes under field manager {@code cnishift}. */
public final class ApiServerPort implements KubernetesPort {

    private final KubernetesReader reader;
    private final Watches watches;
    private final Writer writer;

    ApiServerPort(KubernetesReader reader, Watches watches, Writer writer) {
        this.reader = reader;
        this.watches = watches;
        this.writer = writer;
    }

    /** NodePools are node groups too, and come with those of AWS. */
    @Override
    public Reading read(Set<Part> parts) {
        return read(parts, () -> {});
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        return reader.read(
                parts.stream()
                        .filter(part -> part.source() == Part.Source.KUBERNETES)
                        .collect(Collectors.toCollection(TreeSet::new)),
                between);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return watches.watch(parts, sink);
    }

    @Override
    public Map<String, Object> before(Act act) {
        return writer.before(act);
    }

    @Override
    public ActResult perform(Act act) {
        return writer.perform(act);
    }

    @Override
    public Optional<ActResult> check(Act act) {
        return writer.check(act);
    }
}
