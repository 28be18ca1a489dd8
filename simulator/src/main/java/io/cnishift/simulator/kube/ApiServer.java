package io.cnishift.simulator.kube;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The verbs of the API beyond plain reads and writes of the store: patch, apply, eviction. For everybody who writes as a
 * client does: the port, Helm, the EKS add-on manager, owners. Refusals are {@link ApiRefusal}.
 */
public final class ApiServer {
    private final Kernel kernel;
    private final ObjectStore store;
    private final Evictions evictions;

    public ApiServer(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        store = kernel.objects();
        evictions = new Evictions(kernel);
    }

    /** Whether a write is kept or only checked, as a server-side dry run does. */
    public enum Mode {
        KEEP,
        DRY_RUN
    }

    /** Where an object of that name stands. */
    public static ObjectKey key(ObjectRef ref) {
        return new ObjectKey(ref.kind(), ref.namespace().orElse(""), ref.name());
    }

    /** Creates an object. */
    public Map<String, Object> create(Map<String, Object> object, Writer writer) {
        Map<String, Object> whole = Trees.canonical(object);
        return writer.mode() == Mode.KEEP
                ? store.create(whole, writer.manager())
                : store.checkCreate(whole, writer.manager());
    }

    /** Changes an object, all but its status. A change that carries another resourceVersion is a conflict. */
    public Map<String, Object> update(ObjectKey key, UnaryOperator<Map<String, Object>> change, Writer writer) {
        return write(key, writer, object -> Trees.canonical(change.apply(object)));
    }

    /** Changes the status of an object and nothing else of it. */
    public Map<String, Object> updateStatus(ObjectKey key, UnaryOperator<Map<String, Object>> change, Writer writer) {
        UnaryOperator<Map<String, Object>> changed = object -> Trees.canonical(change.apply(object));
        return writer.mode() == Mode.KEEP
                ? store.updateStatus(key.kind(), key.namespace(), key.name(), writer.manager(), changed)
                : store.checkUpdateStatus(key, writer.manager(), changed);
    }

    /** Patches an object; with a resourceVersion only that version of it. */
    public Map<String, Object> patch(
            ObjectKey key, PatchType type, Map<String, Object> patch, Optional<String> version, Writer writer) {
        Map<String, Object> change = Trees.canonical(patch);
        UnaryOperator<Map<String, Object>> patched = object -> {
            Map<String, Object> after = patched(type, object, change);
            return version.map(v -> Trees.with(after, v, "metadata", "resourceVersion"))
                    .orElse(after);
        };
        return write(key, writer, patched);
    }

    /** The object after a patch, whatever may be written of it. */
    public static Map<String, Object> patched(PatchType type, Map<String, Object> object, Map<String, Object> patch) {
        refuseUnlessStrategic(type, object);
        return type == PatchType.MERGE ? Patching.merge(object, patch) : Patching.strategic(object, patch);
    }

    /** Applies a config server-side; a conflict names the fields and their managers. */
    public Map<String, Object> apply(Map<String, Object> object, boolean force, Writer writer) {
        Map<String, Object> config = Trees.canonical(object);
        ObjectKey key = ObjectKey.of(config);
        if (store.get(key).isEmpty()) {
            Map<String, Object> created =
                    Applying.created(config, writer.manager(), kernel.clock().now());
            return create(created, writer);
        }
        return write(
                key,
                writer,
                live -> Applying.applied(
                        live, config, writer.manager(), force, kernel.clock().now()));
    }

    /** Deletes an object in the background: what it owns is collected afterwards. */
    public void delete(ObjectKey key, Optional<String> uid, Writer writer) {
        delete(key, uid, OptionalLong.empty(), writer);
    }

    /** The same with a grace period instead of the object's own. */
    public void delete(ObjectKey key, Optional<String> uid, OptionalLong graceSeconds, Writer writer) {
        if (writer.mode() == Mode.KEEP) {
            store.delete(key, writer.manager(), uid, graceSeconds);
        } else {
            store.checkDelete(key, writer.manager(), uid);
        }
    }

    /** Marks a node unschedulable or schedulable, if it is the one of that UID. */
    public Map<String, Object> cordon(String node, String uid, boolean unschedulable, Writer writer) {
        return write(new ObjectKey("Node", "", node), writer, tree -> {
            String has = Tree.text(tree, "metadata", "uid").orElse("");
            if (!has.equals(uid)) {
                throw new ApiRefusal(
                        Reason.CONFLICT,
                        "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + has);
            }
            return unschedulable
                    ? Trees.with(tree, true, "spec", "unschedulable")
                    : Trees.without(tree, "spec", "unschedulable");
        });
    }

    /** Evicts a pod, or refuses as its budgets demand. */
    public void evict(ObjectKey pod, String uid, OptionalLong graceSeconds, Writer writer) {
        evictions.evict(pod, uid, graceSeconds, writer);
    }

    /** Who writes, and whether for good. */
    public record Writer(String manager, Mode mode) {
        public Writer {
            Objects.requireNonNull(manager, "manager");
            Objects.requireNonNull(mode, "mode");
        }

        /** Writes for good under that field manager. */
        public static Writer named(String manager) {
            return new Writer(manager, Mode.KEEP);
        }
    }

    private Map<String, Object> write(ObjectKey key, Writer writer, UnaryOperator<Map<String, Object>> change) {
        return writer.mode() == Mode.KEEP
                ? store.update(key.kind(), key.namespace(), key.name(), writer.manager(), change)
                : store.checkUpdate(key, writer.manager(), change);
    }

    private static void refuseUnlessStrategic(PatchType type, Map<String, Object> object) {
        ObjectRef ref = ObjectRef.of(object);
        if (type == PatchType.STRATEGIC && !ApiGroups.builtIn(ref.group())) {
            throw new ApiRefusal(
                    Reason.INVALID,
                    "the body of the request was in an unknown format - accepted media types include:"
                            + " application/json-patch+json, application/merge-patch+json (" + ref
                            + " is a custom resource)",
                    ApiRefusal.Detail.code(415));
        }
    }
}
