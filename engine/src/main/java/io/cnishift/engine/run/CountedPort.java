package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A port whose calls are counted. */
final class CountedPort implements Port {

    private final Port inner;
    private long calls;

    CountedPort(Port inner) {
        this.inner = inner;
    }

    long calls() {
        return calls;
    }

    @Override
    public Reading read(Set<Part> parts) {
        calls++;
        return inner.read(parts);
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        calls++;
        return inner.read(parts, between);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        calls++;
        return inner.watch(parts, sink);
    }

    @Override
    public Map<String, Object> before(Act act) {
        calls++;
        return inner.before(act);
    }

    @Override
    public ActResult perform(Act act) {
        calls++;
        return inner.perform(act);
    }

    @Override
    public Optional<ActResult> check(Act act) {
        calls++;
        return inner.check(act);
    }
}
