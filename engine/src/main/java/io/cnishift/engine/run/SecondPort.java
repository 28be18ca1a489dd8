package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A port of the second cluster for acts that say that they are on it. */
record SecondPort(Port there) implements Port {

    @Override
    public Reading read(Set<Part> parts) {
        return there.read(parts);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return there.watch(parts, sink);
    }

    @Override
    public Map<String, Object> before(Act act) {
        return there.before(inside(act));
    }

    @Override
    public ActResult perform(Act act) {
        return there.perform(inside(act));
    }

    private static Act inside(Act act) {
        return ((OnSecond) act).act();
    }
}
