package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.ClusterBound;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Carries objects from one API server to another. What is in them is in memory only, and for no longer than it takes: what it tells of
 * what stood there before is that something did, never its contents.
 */
record Carrier(Port from, Port to) implements Port {

    @Override
    public Reading read(Set<Part> parts) {
        return to.read(parts);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return to.watch(parts, sink);
    }

    @Override
    public Map<String, Object> before(Act act) {
        Map<String, Object> there = to.before(naming(((CarryObject) act).object()));
        return there.isEmpty()
                ? Map.of()
                : Map.of(
                        "metadata",
                        Map.of("uid", Tree.text(there, "metadata", "uid").orElse("")));
    }

    @Override
    public ActResult perform(Act act) {
        CarryObject carry = (CarryObject) act;
        Map<String, Object> object = from.before(naming(carry.object()));
        if (object.isEmpty()) {
            return new ActResult.Refused(
                    ActResult.Reason.GONE,
                    carry.object() + " is no longer in the cluster that it is to be copied from");
        }
        return to.perform(new CreateObject(merged(ClusterBound.without(object), carry.changes())));
    }

    /** An act by which a port finds an object; it is not performed. */
    private static DeleteObject naming(ObjectRef object) {
        return new DeleteObject(object, Optional.empty());
    }

    private static Map<String, Object> merged(Map<String, Object> object, Map<String, Object> changes) {
        Map<String, Object> merged = Tree.mutable(object);
        changes.forEach((key, value) -> merged.put(
                key, value instanceof Map<?, ?> ? merged(Tree.map(object, key), Tree.map(changes, key)) : value));
        return merged;
    }
}
