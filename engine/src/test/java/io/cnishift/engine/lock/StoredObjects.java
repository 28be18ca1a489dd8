package io.cnishift.engine.lock;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Objects of an API server with versions and preconditions, and nothing else of it. */
public final class StoredObjects implements KubernetesPort {

    public final Map<String, Map<String, Object>> objects = new TreeMap<>();
    public final List<Act> acts = new ArrayList<>();
    /** What the next acts answer instead. */
    public final Deque<Supplier<ActResult>> next = new ArrayDeque<>();

    private long version = 1;

    @Override
    public Map<String, Object> before(Act act) {
        return objects.getOrDefault(ref(act).toString(), Map.of());
    }

    @Override
    public ActResult perform(Act act) {
        if (!next.isEmpty()) {
            return next.remove().get();
        }
        return done(act);
    }

    /** What the act does, whatever is answered. */
    public ActResult done(Act act) {
        acts.add(act);
        String name = ref(act).toString();
        Map<String, Object> there = objects.getOrDefault(name, Map.of());
        if (act instanceof CreateObject create) {
            return there.isEmpty()
                    ? stored(name, Tree.mutable(create.object()), "uid-" + version)
                    : refused(ActResult.Reason.EXISTS, name + " already exists");
        }
        if (there.isEmpty()) {
            return act instanceof DeleteObject
                    ? new ActResult.Performed(Map.of())
                    : refused(ActResult.Reason.GONE, name + " not found");
        }
        String uid = Tree.text(there, "metadata", "uid").orElseThrow();
        if (act instanceof DeleteObject delete) {
            if (delete.uid().filter(u -> !u.equals(uid)).isPresent()) {
                return refused(ActResult.Reason.CONFLICT, "another UID");
            }
            objects.remove(name);
            return new ActResult.Performed(Map.of());
        }
        PatchObject patch = (PatchObject) act;
        String current = Tree.text(there, "metadata", "resourceVersion").orElseThrow();
        return patch.resourceVersion().filter(v -> !v.equals(current)).isPresent()
                ? refused(ActResult.Reason.CONFLICT, "the object has been modified")
                : stored(name, merged(there, patch.patch()), uid);
    }

    private static ActResult refused(ActResult.Reason reason, String message) {
        return new ActResult.Refused(reason, message);
    }

    private ActResult stored(String name, Map<String, Object> object, String uid) {
        version++;
        Map<String, Object> metadata = Tree.mutable(Tree.map(object, "metadata"));
        metadata.put("uid", uid);
        metadata.put("resourceVersion", String.valueOf(version));
        object.put("metadata", metadata);
        objects.put(name, object);
        return new ActResult.Performed(Map.of("resourceVersion", String.valueOf(version), "uid", uid));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(Map<String, Object> object, Map<String, Object> patch) {
        Map<String, Object> merged = Tree.mutable(object);
        patch.forEach((key, value) -> merged.put(
                key,
                value instanceof Map<?, ?> map && merged.get(key) instanceof Map<?, ?> inner
                        ? merged((Map<String, Object>) inner, (Map<String, Object>) map)
                        : value));
        return merged;
    }

    private static ObjectRef ref(Act act) {
        return act instanceof CreateObject create
                ? ObjectRef.of(create.object())
                : act instanceof PatchObject patch ? patch.object() : ((DeleteObject) act).object();
    }

    @Override
    public Reading read(Set<Part> parts) {
        return new Reading(List.of(), List.of());
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return Set.of();
    }

    /** The one object of that kind and name. */
    public Optional<Map<String, Object>> get(String name) {
        return Optional.ofNullable(objects.get(name));
    }
}
