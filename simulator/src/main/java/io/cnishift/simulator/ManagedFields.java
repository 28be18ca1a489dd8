package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps {@code metadata.managedFields}: which manager wrote which field last.
 *
 * <p>Source: Kubernetes documentation, server-side apply, "Field management". Not kept for what only controllers write,
 * and not for status.
 */
public final class ManagedFields {
    private static final Set<String> UNTRACKED = Set.of(
            "CiliumEndpoint",
            "CiliumNode",
            "CNINode",
            "ControllerRevision",
            "EndpointSlice",
            "Event",
            "Lease",
            "Pod",
            "PolicyEndpoint",
            "ReplicaSet",
            "VolumeAttachment");

    private ManagedFields() {}

    /** The object after an update: the manager owns what it changed, nobody else does any more. */
    static Map<String, Object> afterUpdate(
            Optional<Map<String, Object>> before, Map<String, Object> after, String manager, Instant now) {
        Map<String, Object> was = before.orElse(Map.of());
        boolean told =
                !Objects.equals(Tree.at(was, "metadata", "managedFields"), Tree.at(after, "metadata", "managedFields"));
        if (told || UNTRACKED.contains(ObjectKey.of(after).kind())) {
            return after;
        }
        Map<String, Object> changed = FieldSet.changed(was, after);
        Map<String, Object> gone = FieldSet.minus(FieldSet.of(was), FieldSet.of(after));
        if (changed.isEmpty() && gone.isEmpty()) {
            return after;
        }
        Map<String, Object> lost = FieldSet.union(changed, gone);
        List<Map<String, Object>> entries = new ArrayList<>();
        Map<String, Object> own = changed;
        for (Map<String, Object> entry : entries(after)) {
            if (isEntry(entry, manager, "Update")) {
                own = FieldSet.union(FieldSet.minus(Tree.map(entry, "fieldsV1"), gone), changed);
            } else {
                Map<String, Object> left = FieldSet.minus(Tree.map(entry, "fieldsV1"), lost);
                if (!left.isEmpty() || Tree.map(entry, "fieldsV1").isEmpty()) {
                    entries.add(Trees.with(entry, left, "fieldsV1"));
                }
            }
        }
        if (!own.isEmpty()) {
            entries.add(entry(after, manager, "Update", own, now));
        }
        return Trees.with(after, entries, "metadata", "managedFields");
    }

    /** The entries of an object. */
    public static List<Map<String, Object>> entries(Map<String, ?> object) {
        return Tree.maps(object, "metadata", "managedFields");
    }

    /** Whether an entry is that of the manager for the operation ({@code Apply} or {@code Update}). */
    public static boolean isEntry(Map<String, Object> entry, String manager, String operation) {
        return manager.equals(entry.get("manager")) && operation.equals(entry.get("operation"));
    }

    /** An entry. */
    public static Map<String, Object> entry(
            Map<String, Object> object, String manager, String operation, Map<String, Object> fields, Instant now) {
        return Trees.of(
                "manager",
                manager,
                "operation",
                operation,
                "apiVersion",
                object.get("apiVersion"),
                "time",
                Stamps.second(now),
                "fieldsType",
                "FieldsV1",
                "fieldsV1",
                fields);
    }
}
